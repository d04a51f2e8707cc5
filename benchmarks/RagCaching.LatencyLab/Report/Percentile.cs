namespace RagCaching.LatencyLab.Report;

/// <summary>Percentiles by nearest rank: each is a value that was measured.</summary>
internal static class Percentile
{
    public static TimeSpan Of(IEnumerable<TimeSpan> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100d) - 1)];
    }
}
