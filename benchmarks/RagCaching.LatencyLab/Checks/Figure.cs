using System.Globalization;
using RagCaching.LatencyLab.Report;

namespace RagCaching.LatencyLab.Checks;

/// <summary>A promised latency, and how to measure it.</summary>
/// <param name="What">The promise.</param>
/// <param name="Limit">The most that the percentile may be.</param>
/// <param name="Percent">Which percentile.</param>
/// <param name="MeasureAsync">Measures a number of requests.</param>
internal sealed record Figure(string What, TimeSpan Limit, int Percent, Func<Task<IReadOnlyList<TimeSpan>>> MeasureAsync)
{
    public const string TooBusy = "This machine is too busy to tell.";

    /// <summary>Gets what the encoder takes alone, where the figure contains a run of it.</summary>
    public Floor? Floor { get; init; }

    /// <summary>Measures, and once more if need be: a machine without a processor to spare is late with everything.</summary>
    public async Task<CheckResult> CheckAsync()
    {
        var times = await MeasureAsync();
        var first = Describe(times);
        if (Passes(times))
        {
            return new CheckResult(What, first, Passed: true);
        }

        var second = await MeasureAsync();
        var passes = Passes(second);
        var evidence = $"{Describe(second)}; measured again after {first}";
        return !passes && Floor is { IsTooHigh: true }
            ? new CheckResult(What, $"{evidence}. {TooBusy}", Passed: null)
            : new CheckResult(What, evidence, passes);
    }

    private bool Passes(IReadOnlyList<TimeSpan> times) => times.Count > 0 && Percentile.Of(times, Percent) <= Limit;

    private string Describe(IReadOnlyList<TimeSpan> times) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {Percentile.Of(times, 50).TotalMilliseconds:0.0} ms, p95 {Percentile.Of(times, 95).TotalMilliseconds:0.0} ms of {times.Count}; p{Percent} may be {Limit.TotalMilliseconds:0} ms{(Floor is null ? "" : $" ({Floor.Describe()})")}");
}
