namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>Does the work behind faster searches, one job at a time, on a thread that exists only while there is work.</summary>
/// <remarks>
/// Its own thread, since a job computes for up to a second and would keep requests from a thread of the pool; with low priority, since nothing
/// waits for it: searches are exact before, during and after. Thread-safe.
/// </remarks>
/// <param name="failed">Told of what a job throws.</param>
internal sealed class IndexingThread(Action<Exception> failed) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Action<CancellationToken>> _jobs = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource? _idle;
    private Thread? _thread;
    private bool _disposed;

    /// <summary>Adds a job. After disposal it is dropped.</summary>
    public void Add(Action<CancellationToken> job)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _jobs.Enqueue(job);
            if (_idle is null)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

                // Without the context of the request that happened to add the job.
                StartThread();
            }
        }
    }

    /// <summary>Waits until there is nothing left to do.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _idle?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Drops what has not begun, stops what has and waits for its end. A job may not call it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _jobs.Clear();
        }

        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
    }

    private void StartThread()
    {
        try
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "RagCaching vector index", Priority = ThreadPriority.BelowNormal };
            _thread.UnsafeStart();
        }
        catch (OutOfMemoryException exception)
        {
            // No memory for a thread: searches stay exact without it, and the write that wanted it must not fail half-way. The next job tries again.
            _thread = null;
            _idle = null;
            failed(exception);
        }
    }

    private void Run()
    {
        while (TryTake(out var job))
        {
            try
            {
                job(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                // The store was disposed; there are no more jobs then.
            }
            catch (Exception exception)
            {
                failed(exception);
            }
        }
    }

    private bool TryTake(out Action<CancellationToken> job)
    {
        lock (_lock)
        {
            if (_jobs.TryDequeue(out job!))
            {
                return true;
            }

            _idle!.SetResult();
            _idle = null;
            return false;
        }
    }
}
