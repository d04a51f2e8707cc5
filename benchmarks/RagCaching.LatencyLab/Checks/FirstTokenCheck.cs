using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Checks that first tokens of live streams are handed on at once.</summary>
internal static class FirstTokenCheck
{
    private const int Probes = 40;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(30);
    private static readonly string Promise = $"First token of a live stream is here at most {MaxDelay.TotalMilliseconds:0} ms after it was sent (p95)";

    /// <summary>Compares when the server sent first tokens with when the application had them.</summary>
    /// <param name="runs">The runs to look for live streams in.</param>
    /// <param name="server">The records of the lab's server; <see langword="null"/> for a real provider.</param>
    /// <param name="again">Streams once more, a few at a time.</param>
    /// <param name="floor">Tells whether the machine is too busy to say anything, if there is an encoder in this process.</param>
    /// <param name="time">The clock of both sides.</param>
    /// <remarks>
    /// Requests run in waves, so one moment without a processor delays many first tokens together. A busy machine is therefore given a second
    /// measurement with little to do, which is said; something that holds tokens back fails both.
    /// </remarks>
    public static async Task<CheckResult> RunAsync(IReadOnlyList<TechniqueRun> runs, ServerRecords? server, Func<Task<TechniqueRun>> again, Floor? floor, TimeProvider time)
    {
        if (server is null)
        {
            return new CheckResult(Promise, "only the lab's own server says when it sent one", Passed: null);
        }

        var delays = DelaysOf(runs, server, time);
        if (Passes(delays))
        {
            return new CheckResult(Promise, Describe(delays), Passed: true);
        }

        var second = DelaysOf([await again()], server, time);
        var evidence = $"{Describe(second)}; measured again with fewer at a time after {Describe(delays)}";
        if (!Passes(second) && floor is not null && await IsBusyAsync(floor))
        {
            return new CheckResult(Promise, $"{evidence} ({floor.Describe()}). {Figure.TooBusy}", Passed: null);
        }

        return new CheckResult(Promise, evidence, Passes(second));
    }

    private static async Task<bool> IsBusyAsync(Floor floor)
    {
        for (var i = 0; i < Probes; i++)
        {
            await floor.MeasureAsync("How long does a question take?", CancellationToken.None);
        }

        return floor.IsTooHigh;
    }

    /// <summary>Gets the delay of every live stream; answers that a cache served, or that were shared, are none.</summary>
    private static List<TimeSpan> DelaysOf(IReadOnlyList<TechniqueRun> runs, ServerRecords server, TimeProvider time) =>
    [
        .. from run in runs
           where run.Technique.Streams
           from outcome in run.Outcomes
           where !outcome.Reply.IsHit
           let sent = server.FirstTokenSentAt(outcome.Reply.ResponseId ?? "")
           where sent is not null
           select time.GetElapsedTime(sent.Value, outcome.Reply.FirstTokenTimestamp),
    ];

    private static bool Passes(List<TimeSpan> delays) => delays.Count > 0 && Percentile.Of(delays, 95) <= MaxDelay;

    private static string Describe(List<TimeSpan> delays) =>
        $"p95 {Percentile.Of(delays, 95).TotalMilliseconds:0.0} ms, p50 {Percentile.Of(delays, 50).TotalMilliseconds:0.0} ms, {delays.Count} streams";
}
