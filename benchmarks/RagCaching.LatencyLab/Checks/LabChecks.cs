using System.Globalization;
using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Checks;

/// <summary>Checks what the lab promises against what happened.</summary>
internal static class LabChecks
{
    public static IReadOnlyList<CheckResult> Make(
        WalkThrough walk, IReadOnlyList<TechniqueRun> runs, CheckResult firstTokens, CallCounts counted, ServerRecords? server, bool embedsLocally) =>
    [
        Reworded(walk.Reworded),
        Repeated(walk.Repeated),
        firstTokens,
        Answered(runs),
        Counted(counted, server, embedsLocally),
    ];

    /// <summary>Checks what the threshold is worth on questions that it was not chosen on.</summary>
    public static CheckResult HeldOut(HeldOutStream stream, double budget) => new(
        "On the half of the questions that the threshold was not chosen on, wrong answers stay within the error budget",
        string.Create(CultureInfo.InvariantCulture, $"{stream.Wrong.Count} wrong of {stream.Served} served, {stream.Asked} texts asked once each; the budget is {100 * budget:0} %"),
        stream.Served > 0 && stream.Wrong.Count <= budget * stream.Served);

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

    private static CheckResult Counted(CallCounts counted, ServerRecords? server, bool embedsLocally) => server is null
        ? new CheckResult("The provider saw the calls that the lab counted", "a real provider does not say", Passed: null)
        : new CheckResult(
            "The server saw the calls that the lab counted",
            $"{server.EmbeddingCalls} of {(embedsLocally ? 0 : counted.Embeddings)} embedding calls, {server.ChatCalls} of {counted.Chats} chat calls",
            server.EmbeddingCalls == (embedsLocally ? 0 : counted.Embeddings) && server.ChatCalls == counted.Chats);

    private static string Outcome(WalkStep step) => $"{step.Reply.Answer.Outcome}";
}
