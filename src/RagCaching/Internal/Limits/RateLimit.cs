namespace RagCaching.Internal.Limits;

/// <summary>Lets one event through in each interval, so that a failing backend does not flood the log.</summary>
/// <param name="time">The clock.</param>
/// <param name="interval">The least time between two events that pass.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class RateLimit(TimeProvider time, TimeSpan interval)
{
    private readonly Lock _lock = new();
    private long? _last;

    /// <summary>Asks whether an event may pass now; a yes counts it.</summary>
    public bool TryPass()
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last) < interval)
            {
                return false;
            }

            _last = time.GetTimestamp();
            return true;
        }
    }
}
