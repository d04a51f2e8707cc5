using Microsoft.AspNetCore.Http;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Takes a person's word on a match: of the decision log by its number, so that its texts need not be shown, or by the id of the answer and the question.</summary>
internal static class ReportEndpoint
{
    public static async Task HandleAsync(OwnerCall call)
    {
        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.ReportBody, call.Aborted).ConfigureAwait(false);
        var isRight = body.Correct ?? throw new Refusal("'correct' is missing; it must be true or false.");
        var status = body.Decision is { } number ? await ReportDecisionAsync(call, body, number, isRight).ConfigureAwait(false) : await call.Manager.ReportAsync(
            Checks.Id(body.EntryId, "entryId"), Checks.Text(body.Question, "question", Checks.MaxQuestion), isRight, call.OneScope, call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(call.Context, new StatusReply(call.Told(status)), OwnerJson.Default.StatusReply).ConfigureAwait(false);
    }

    private static async ValueTask<EntryStatus> ReportDecisionAsync(OwnerCall call, ReportBody body, long number, bool isRight)
    {
        if (body.EntryId is not null || body.Question is not null)
        {
            throw new Refusal("Name either 'decision', or 'entryId' and 'question'.");
        }

        if (call.Decisions is null || !call.Decisions.TryFind(number, call.Scope, out var decision) || !decision.IsAMatter)
        {
            throw new Refusal($"The decision {number} is not remembered, or nothing about it can be right or wrong.", StatusCodes.Status404NotFound);
        }

        // What was refused was served to nobody: the stored answer is as good as before, whatever the mark says, and there is nothing to report about it.
        return await decision.MarkAsync(
            isRight, () => decision.IsServed ? call.Manager.ReportAsync(decision.EntryId!, decision.Question, isRight, decision.Scope, call.Aborted) : new(EntryStatus.Done)).ConfigureAwait(false);
    }
}
