using System.Diagnostics.Metrics;

namespace RagCaching.Diagnostics;

/// <summary>Where the buckets of histograms end. Without this advice a collector uses boundaries for milliseconds, and every value here falls into the first.</summary>
internal static class HistogramBuckets
{
    /// <summary>Gets the advice for lookups, in seconds: from the ten microseconds of an exact hit to the two seconds of the default time limit.</summary>
    public static InstrumentAdvice<double> Lookup { get; } = new()
    {
        HistogramBucketBoundaries =
            [0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    };

    /// <summary>Gets the advice for cosine similarities: narrow where thresholds are chosen.</summary>
    public static InstrumentAdvice<double> Similarity { get; } = new()
    {
        HistogramBucketBoundaries = [0, 0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.825, 0.85, 0.875, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 1],
    };
}
