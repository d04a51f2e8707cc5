using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Checks what the lab promises against what happened.</summary>
internal static class LabChecks
{
    private static readonly TimeSpan MaxFirstTokenDelay = TimeSpan.FromMilliseconds(30);

    public static IReadOnlyList<CheckResult> Make(
        WalkThrough walk, IReadOnlyList<TechniqueRun> runs, CallCounts counted, ServerRecords? server, TimeProvider time) =>
    [
        Reworded(walk.Reworded),
        Repeated(walk.Repeated),
        FirstTokens(runs, server, time),
        Answered(runs),
        Counted(counted, server),
    ];

    private static CheckResult Reworded(WalkStep step) => new(
        "A cached question in other words is answered without any chat call",
        $"{Outcome(step)}, {step.Calls.Chats} chat calls",
        step.Reply.Cache?.Outcome == SemanticCacheOutcome.SemanticHit && step.Calls.Chats == 0);

    private static CheckResult Repeated(WalkStep step) => new(
        "An exact repeat is answered without any embedding or chat call",
        $"{Outcome(step)}, {step.Calls.Embeddings} embedding calls, {step.Calls.Chats} chat calls",
        step.Reply.Cache?.Outcome == SemanticCacheOutcome.ExactHit && step.Calls is { Embeddings: 0, Chats: 0 });

    private static CheckResult FirstTokens(IReadOnlyList<TechniqueRun> runs, ServerRecords? server, TimeProvider time)
    {
        var what = $"First token of a live stream is here at most {MaxFirstTokenDelay.TotalMilliseconds:0} ms after it was sent (p95)";
        if (server is null)
        {
            return new CheckResult(what, "only the lab's own server says when it sent one", Passed: null);
        }

        var delays = FirstTokenDelay.Of(runs, server, time);
        if (delays.Count == 0)
        {
            return new CheckResult(what, "no live stream", Passed: false);
        }

        var p95 = Percentile.Of(delays, 95);
        return new CheckResult(
            what,
            $"p95 {p95.TotalMilliseconds:0.0} ms, p50 {Percentile.Of(delays, 50).TotalMilliseconds:0.0} ms, {delays.Count} streams",
            p95 <= MaxFirstTokenDelay);
    }

    private static CheckResult Answered(IReadOnlyList<TechniqueRun> runs)
    {
        var outcomes = runs.SelectMany(run => run.Outcomes).ToList();
        var answered = outcomes.Count(outcome => outcome.Reply.Text.Length > 0);
        return new CheckResult("Every request got an answer", $"{answered} of {outcomes.Count}", answered == outcomes.Count);
    }

    private static CheckResult Counted(CallCounts counted, ServerRecords? server) => server is null
        ? new CheckResult("The provider saw the calls that the lab counted", "a real provider does not say", Passed: null)
        : new CheckResult(
            "The server saw the calls that the lab counted",
            $"{server.EmbeddingCalls} of {counted.Embeddings} embedding calls, {server.ChatCalls} of {counted.Chats} chat calls",
            server.EmbeddingCalls == counted.Embeddings && server.ChatCalls == counted.Chats);

    private static string Outcome(WalkStep step) => $"{step.Reply.Cache?.Outcome}";
}
