namespace RagCaching.Internal.Limits;

/// <summary>Stops calling something that does not answer, and tries it again once in a while.</summary>
/// <remarks>
/// Opens at once on a timeout, since each further one would cost a caller the whole limit, and after a run of quick failures
/// otherwise. While open, one call in each <c>breakDuration</c> is let through as a probe; its success closes the breaker.
/// Thread-safe.
/// </remarks>
internal sealed class CircuitBreaker
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _breakDuration;
    private readonly int _failuresToOpen;
    private int _failures;
    private bool _open;
    private long _lastProbe;

    /// <summary>Creates a closed breaker.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="breakDuration">The time between probes while open.</param>
    /// <param name="failuresToOpen">How many quick failures in a row open it.</param>
    public CircuitBreaker(TimeProvider time, TimeSpan breakDuration, int failuresToOpen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(breakDuration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(failuresToOpen);

        _time = time;
        _breakDuration = breakDuration;
        _failuresToOpen = failuresToOpen;
    }

    /// <summary>Gets a value indicating whether calls are being refused.</summary>
    public bool IsOpen => Volatile.Read(ref _open);

    /// <summary>Asks whether a call may be made now; a yes while open makes that call the probe.</summary>
    public bool TryEnter()
    {
        if (!Volatile.Read(ref _open))
        {
            return true;
        }

        lock (_lock)
        {
            if (_open && _time.GetElapsedTime(_lastProbe) < _breakDuration)
            {
                return false;
            }

            _lastProbe = _time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Reports a call that succeeded.</summary>
    /// <returns>Whether this closed the breaker.</returns>
    public bool Succeeded()
    {
        if (!Volatile.Read(ref _open) && Volatile.Read(ref _failures) == 0)
        {
            return false;
        }

        lock (_lock)
        {
            var closed = _open;
            _open = false;
            _failures = 0;
            return closed;
        }
    }

    /// <summary>Reports a call that failed.</summary>
    /// <param name="timedOut">Whether it used up its time limit.</param>
    /// <returns>Whether this opened the breaker.</returns>
    public bool Failed(bool timedOut)
    {
        lock (_lock)
        {
            _failures++;
            if (_open || (!timedOut && _failures < _failuresToOpen))
            {
                return false;
            }

            _open = true;
            _lastProbe = _time.GetTimestamp();
            return true;
        }
    }
}
