using RagCaching.Calibration.Statistics;
using RagCaching.Quality.Report;

namespace RagCaching.Quality.Streams;

/// <summary>Several orders of one stream under one policy.</summary>
internal sealed class StreamSummary(string policy, double? limit, IReadOnlyList<StreamResult> runs)
{
    // Each side of a 95 % interval.
    private const double OneSided = 0.975;

    private static readonly string[] Always =
        ["policy", "hits", "hits and audits", "wrong / served", "all runs [95 %]", "worst run", "runs over", "silent", "wrong / all", "model calls", "first hit", "audits", "comparisons"];

    public string Policy => policy;

    /// <summary>Gets the name of the policy without its limit or threshold.</summary>
    public string Family => policy[..policy.AsSpan().IndexOfAnyInRange('0', '9')].TrimEnd();

    public double HitRate => runs.Average(run => run.HitRate);

    public double ErrorRate => runs.Average(run => run.ErrorRate);

    /// <summary>Gets the names of the columns.</summary>
    /// <param name="withGuard">Whether there are columns about a guard.</param>
    public static IReadOnlyList<string> Columns(bool withGuard) => withGuard ? [.. Always, "refused by guard", "rightly refused"] : Always;

    /// <summary>Gets the values of the columns.</summary>
    public string[] Row(bool withGuard) => withGuard ? [.. Row(), .. Refusals()] : Row();

    /// <summary>Gets hits by wrong / served in percent: hits from the worst to the best order, wrong / served of all orders with its 95 % interval.</summary>
    public PlotPoint Point()
    {
        var (wrong, served) = (runs.Sum(run => (long)run.Wrong), runs.Sum(run => (long)run.Served));
        return new PlotPoint(served == 0 ? 0 : 100.0 * wrong / served, 100 * HitRate, 100 * runs.Min(run => run.HitRate), 100 * runs.Max(run => run.HitRate))
        {
            Left = 100 * ClopperPearson.Lower(wrong, served, OneSided),
            Right = served == 0 ? 0 : 100 * ClopperPearson.Upper(wrong, served, OneSided),
        };
    }

    /// <summary>Gets the hits among each <see cref="StreamResult.Step"/> requests, in percent, as far as every order goes.</summary>
    public IReadOnlyList<PlotPoint> LearningCurve() =>
        [.. Enumerable.Range(0, runs.Min(run => run.ServedBy.Count)).Select(step =>
        {
            double[] rates = [.. runs.Select(run => 100.0 * (run.ServedBy[step] - (step == 0 ? 0 : run.ServedBy[step - 1])) / StreamResult.Step)];
            return new PlotPoint((step + 1) * StreamResult.Step, rates.Average(), rates.Min(), rates.Max());
        })];

    // The median order's; none where half of them served nothing.
    private double? FirstHit()
    {
        double[] firsts = [.. runs.Select(run => (double?)run.FirstHit ?? double.PositiveInfinity).Order()];
        return firsts.Length > 0 && double.IsFinite(firsts[firsts.Length / 2]) ? firsts[firsts.Length / 2] : null;
    }

    private string[] Refusals() =>
    [
        Figures.Number(runs.Average(run => (double)run.Refused), 0),
        Figures.Share(runs.Sum(run => run.RefusedWrong), runs.Sum(run => run.Refused)),
    ];

    private string[] Row() =>
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
        Figures.Percent(runs.Average(run => run.CallRate)),
        FirstHit() is { } first ? Figures.Number(first, 0) : "",
        Figures.Number(runs.Average(run => (double)run.Audits), 0),
        Figures.Number(runs.Average(run => (double)run.Comparisons / Math.Max(1, run.Requests))),
    ];
}
