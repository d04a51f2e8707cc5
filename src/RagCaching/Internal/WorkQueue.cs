namespace RagCaching.Internal;

/// <summary>Does small pieces of work after the answer they belong to: bounded, a few at a time, never lost silently.</summary>
/// <typeparam name="T">A piece of work.</typeparam>
/// <param name="work">Does one piece; must not throw.</param>
/// <param name="concurrency">How many pieces are done at once.</param>
/// <param name="capacity">How many pieces may wait.</param>
/// <remarks>No thread and no task exists while there is nothing to do. Thread-safe.</remarks>
internal sealed class WorkQueue<T>(Func<T, Task> work, int concurrency, int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<T> _waiting = new();
    private TaskCompletionSource? _idle;
    private int _workers;
    private bool _stopped;

    /// <summary>Adds a piece of work.</summary>
    /// <returns><see langword="false"/> if the queue is full or stopped.</returns>
    public bool TryAdd(T item)
    {
        lock (_lock)
        {
            if (_stopped || _waiting.Count >= capacity)
            {
                return false;
            }

            _waiting.Enqueue(item);
            if (_workers == concurrency)
            {
                return true;
            }

            _workers++;
        }

        // Unsafe means without the execution context: what runs here belongs to no request.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.WorkAsync(), this, preferLocal: false);
        return true;
    }

    /// <summary>Waits until nothing is waiting and nothing is being done.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            if (_workers == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Refuses further work, and drops what is waiting.</summary>
    /// <returns>What was dropped.</returns>
    public IReadOnlyList<T> Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            T[] dropped = [.. _waiting];
            _waiting.Clear();
            return dropped;
        }
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var item))
        {
            await work(item!).ConfigureAwait(false);
        }
    }

    private bool TryTake(out T? item)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out item))
            {
                return true;
            }

            if (--_workers == 0)
            {
                _idle?.SetResult();
                _idle = null;
            }

            return false;
        }
    }
}
