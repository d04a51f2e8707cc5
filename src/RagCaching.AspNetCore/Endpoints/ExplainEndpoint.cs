using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Says what would happen to a question, without doing it.</summary>
internal static class ExplainEndpoint
{
    public static async Task HandleAsync(OwnerCall call)
    {
        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.ExplainBody, call.Aborted).ConfigureAwait(false);
        var explanation = await call.Get<ISemanticCacheExplainer>().ExplainAsync(
            new SemanticCacheQuery(Checks.Text(body.Question, "question", Checks.MaxQuestion)) { Scope = call.OneScope, Partition = Checks.Optional(body.Partition, "partition", Checks.MaxName) }, call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(call.Context, new ExplainReply
        {
            Outcome = explanation.Outcome,
            Reason = explanation.Reason,
            Similarity = explanation.Similarity,
            MinimumSimilarity = explanation.MinimumSimilarity,
            EntryId = explanation.EntryId,
            Candidates = [.. explanation.Candidates.Select(candidate =>
                new CandidateReply(candidate.EntryId, candidate.Similarity, candidate.Reason, candidate.Guard, candidate.GuardRule, Texts.Of(candidate.Question, call.ShowsTexts)))],
            Steps = [.. explanation.Steps.Select(step => new StepReply(step.Name, call.ShowsTexts ? step.Finding : null))],
        }, OwnerJson.Default.ExplainReply).ConfigureAwait(false);
    }
}
