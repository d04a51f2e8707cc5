using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Checks what the lab promises against what happened.</summary>
internal static class LabChecks
{
    public static IReadOnlyList<CheckResult> Make(
        WalkThrough walk, IReadOnlyList<TechniqueRun> runs, CheckResult firstTokens, CallCounts counted, ServerRecords? server) =>
    [
        Reworded(walk.Reworded),
        Repeated(walk.Repeated),
        firstTokens,
        Answered(runs),
        Counted(counted, server),
    ];

    private static CheckResult Reworded(WalkStep step) => new(
        "A cached question in other words is answered without any chat call",
        $"{Outcome(step)}, {step.Calls.Chats} chat calls",
        step.Reply.Answer.Outcome == SemanticCacheOutcome.SemanticHit && step.Calls.Chats == 0);

    private static CheckResult Repeated(WalkStep step) => new(
        "An exact repeat is answered without any embedding or chat call",
        $"{Outcome(step)}, {step.Calls.Embeddings} embedding calls, {step.Calls.Chats} chat calls",
        step.Reply.Answer.Outcome == SemanticCacheOutcome.ExactHit && step.Calls is { Embeddings: 0, Chats: 0 });

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

    private static string Outcome(WalkStep step) => $"{step.Reply.Answer.Outcome}";
}
