namespace RagCaching.VectorData.Records;

/// <summary>Numbers entries in the order in which they are added: by the clock, and apart where the clock stands still or goes back. Thread-safe.</summary>
internal sealed class AddingClock
{
    private long _last;

    /// <summary>Gets the next number.</summary>
    public long Next(DateTimeOffset now)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, now.UtcTicks);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }
}
