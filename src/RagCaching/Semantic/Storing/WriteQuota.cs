using BitFaster.Caching.Lru;

namespace RagCaching.Semantic.Storing;

/// <summary>Bounds how many new answers a scope stores in a window of time: what a caller can plant among the answers of others.</summary>
/// <param name="most">The largest number of answers; <see langword="null"/> for no bound.</param>
/// <param name="window">The window. Windows follow one another from the start of the quota.</param>
/// <param name="time">The clock, which no change of the system time moves.</param>
/// <remarks>Thread-safe. Takes no lock, and is asked only for answers that were generated.</remarks>
internal sealed class WriteQuota(int? most, TimeSpan window, TimeProvider time)
{
    // Whoever has so many scopes at once has them from the host; a scope that is forgotten begins its window anew.
    private const int RememberedScopes = 16_384;

    private readonly ConcurrentLru<string, Count> _counts = new(RememberedScopes);
    private readonly long _start = time.GetTimestamp();

    /// <summary>Asks whether one more answer of a scope may be stored; a yes counts it.</summary>
    public bool TryTake(string scopeLabel) =>
        most is not { } limit || _counts.GetOrAdd(scopeLabel, static _ => new Count()).TryTake(limit, time.GetElapsedTime(_start).Ticks / window.Ticks);

    private sealed class Count
    {
        // The number of the window in the upper half, and what was taken in it in the lower one: both change at once.
        private long _taken;

        public bool TryTake(int limit, long window)
        {
            while (true)
            {
                var taken = Volatile.Read(ref _taken);
                var isSame = (uint)(taken >> 32) == (uint)window;
                var count = isSame ? (uint)taken : 0;
                if (count >= (uint)limit)
                {
                    return false;
                }

                if (Interlocked.CompareExchange(ref _taken, ((long)(uint)window << 32) | (count + 1), taken) == taken)
                {
                    return true;
                }
            }
        }
    }
}
