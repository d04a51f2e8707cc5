namespace RagCaching.Internal.Limits;

/// <summary>The time limits of one cache, which leave no timer behind when it ends. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class SharedTimeLimits(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<SharedTimeLimit> _limits = [];

    /// <summary>Makes a limit.</summary>
    /// <param name="limit">How long a call may take.</param>
    public SharedTimeLimit New(TimeSpan limit)
    {
        var made = new SharedTimeLimit(limit, time);
        lock (_lock)
        {
            _limits.Add(made);
        }

        return made;
    }

    /// <summary>Ends the use of timers where no call is under way; the others keep their limit. A call that still comes has one, too.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _limits.ForEach(static limit => limit.Stop());
        }
    }
}
