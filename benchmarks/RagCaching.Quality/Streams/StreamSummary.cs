using RagCaching.Quality.Report;

namespace RagCaching.Quality.Streams;

/// <summary>Several orders of one stream under one policy.</summary>
internal sealed class StreamSummary(string policy, double? limit, IReadOnlyList<StreamResult> runs)
{
    public static IReadOnlyList<string> Columns { get; } =
        ["policy", "hits", "hits and audits", "wrong / served", "all runs [95 %]", "worst run", "runs over", "silent", "wrong / all", "audits", "comparisons"];

    public string Policy => policy;

    public double HitRate => runs.Average(run => run.HitRate);

    public double ErrorRate => runs.Average(run => run.ErrorRate);

    public string[] Row() =>
    [
        policy,
        Figures.Percent(HitRate),
        Figures.Percent(runs.Average(run => (double)(run.Served + run.Audits) / Math.Max(1, run.Requests))),
        Figures.Percent(ErrorRate, 2),
        Figures.Share(runs.Sum(run => (long)run.Wrong), runs.Sum(run => (long)run.Served), 2),
        Figures.Percent(runs.Max(run => run.ErrorRate), 2),
        limit is { } most ? $"{runs.Count(run => run.ErrorRate > most)} of {runs.Count}" : "",
        $"{runs.Count(run => run.Served == 0)} of {runs.Count}",
        Figures.Percent(runs.Average(run => (double)run.Wrong / Math.Max(1, run.Requests)), 2),
        Figures.Number(runs.Average(run => (double)run.Audits), 0),
        Figures.Number(runs.Average(run => (double)run.Comparisons / Math.Max(1, run.Requests))),
    ];

    public PlotPoint Point() => new(
        100 * ErrorRate,
        100 * HitRate,
        100 * runs.Min(run => run.HitRate),
        100 * runs.Max(run => run.HitRate));
}
