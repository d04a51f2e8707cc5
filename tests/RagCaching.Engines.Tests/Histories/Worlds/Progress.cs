namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>How much of a run is done, so that the nemesis comes and goes after so many calls and not after so much time. Thread-safe.</summary>
internal sealed class Progress(int calls)
{
    private readonly Lock _lock = new();
    private readonly List<(int At, TaskCompletionSource Reached)> _waiting = [];
    private int _done;

    public void Step()
    {
        lock (_lock)
        {
            _done++;
            foreach (var (at, reached) in _waiting)
            {
                if (_done >= at)
                {
                    reached.TrySetResult();
                }
            }
        }
    }

    /// <summary>Waits until so many calls of the run are done.</summary>
    public Task ReachesAsync(int at)
    {
        lock (_lock)
        {
            if (_done >= Math.Min(at, calls))
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((Math.Min(at, calls), reached));
            return reached.Task;
        }
    }

    /// <summary>Waits until so many more calls are done, or all are.</summary>
    public Task FurtherAsync(int calls)
    {
        lock (_lock)
        {
            return ReachesAsync(_done + calls);
        }
    }
}
