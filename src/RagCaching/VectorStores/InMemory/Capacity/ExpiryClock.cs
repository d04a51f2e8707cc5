namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>Turns the moment at which an entry expires into a timestamp that no change of the wall clock moves.</summary>
/// <remarks>The wall clock is read once, when an entry is written; from then on the entry ages by elapsed time alone.</remarks>
internal sealed class ExpiryClock(TimeProvider time)
{
    /// <summary>The timestamp that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Gets the current timestamp.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Gets the timestamp at which an entry expires.</summary>
    public long DeadlineOf(DateTimeOffset expiresAt)
    {
        if (expiresAt >= VectorEntry.NeverExpires)
        {
            return Never;
        }

        // Wide enough for any time span at nanosecond resolution, so an expiry in the year 9999 does not wrap around into the past.
        var remaining = (Int128)(expiresAt - time.GetUtcNow()).Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond;
        return Math.Min(long.CreateSaturating(Now + remaining), Never - 1);
    }
}
