namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>How much of a run is done, so that the nemesis comes after so many calls and not after so much time.</summary>
internal sealed class Progress
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

    public Task ReachesAsync(int at)
    {
        lock (_lock)
        {
            if (_done >= at)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((at, reached));
            return reached.Task;
        }
    }
}
