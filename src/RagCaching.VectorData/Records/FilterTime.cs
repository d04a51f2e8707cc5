namespace RagCaching.VectorData.Records;

/// <summary>Times in the fields that filters use: milliseconds since 1970, which every database compares exactly, also those that know only floating-point numbers.</summary>
internal static class FilterTime
{
    /// <summary>Rounds down.</summary>
    public static long Floor(DateTimeOffset time) => Divide(time);

    /// <summary>Rounds up.</summary>
    public static long Ceiling(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? Divide(time) : Divide(time) + 1;

    private static long Divide(DateTimeOffset time) => (time.UtcTicks / TimeSpan.TicksPerMillisecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);
}
