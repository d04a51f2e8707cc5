using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Compares when the server sent first tokens with when the application had them: both clocks are this process's.</summary>
internal static class FirstTokenDelay
{
    /// <summary>Gets the delay of every live stream; answers that a cache served, or that were shared, are none.</summary>
    public static IReadOnlyList<TimeSpan> Of(IEnumerable<TechniqueRun> runs, ServerRecords records, TimeProvider time) =>
    [
        .. from run in runs
           where run.Technique.Streams
           from outcome in run.Outcomes
           where !outcome.Reply.IsHit
           let sent = records.FirstTokenSentAt(outcome.Reply.ResponseId ?? "")
           where sent is not null
           select time.GetElapsedTime(sent.Value, outcome.Reply.FirstTokenTimestamp),
    ];
}
