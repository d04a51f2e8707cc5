using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Stores an answer that a person wrote, or approves or edits one where it is stored. It takes the place of the one to the same question, never expires, and goes before others.</summary>
internal static class CurateEndpoint
{
    public static async Task HandleAsync(OwnerCall call)
    {
        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.CurateBody, call.Aborted).ConfigureAwait(false);
        var id = body.EntryId is null ? await StoreAsync(call, body).ConfigureAwait(false) : await ChangeAsync(call, body).ConfigureAwait(false);
        await call.Manager.FlushAsync(call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(call.Context, new CurateReply(id), OwnerJson.Default.CurateReply).ConfigureAwait(false);
    }

    private static async ValueTask<string> ChangeAsync(OwnerCall call, CurateBody body)
    {
        if (body.Question is not null || body.Partition is not null || body.Tags is not null)
        {
            throw new Refusal("With 'entryId', only 'answer' can be given: the question, its partition and its tags stay.");
        }

        var text = body.Answer is null ? null : Checks.Text(body.Answer, "answer", Checks.MaxAnswer);
        var curation = await call.Entries.CurateAsync(Checks.Id(body.EntryId, "entryId"), text, call.OneScope, call.Aborted).ConfigureAwait(false);
        _ = call.Told(curation.Status);
        return curation.EntryId ?? throw (curation.Fault is { } fault ? new Refusal(fault) : new Refusal("No answer with this id is stored.", StatusCodes.Status404NotFound));
    }

    private static async ValueTask<string> StoreAsync(OwnerCall call, CurateBody body)
    {
        var query = new SemanticCacheQuery(Checks.Text(body.Question, "question", Checks.MaxQuestion))
        {
            Scope = call.OneScope,
            Partition = Checks.Optional(body.Partition, "partition", Checks.MaxName),
            Tags = Checks.Tags(body.Tags),
            IsCurated = true,
        };
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, Checks.Text(body.Answer, "answer", Checks.MaxAnswer))) { FinishReason = ChatFinishReason.Stop };
        return await call.Get<ISemanticCache>().StoreAsync(query, answer, call.Aborted).ConfigureAwait(false)
            ?? throw new Refusal("The answer was not stored: the cache refused it, is switched off, or its store failed. Its statistics say which.", StatusCodes.Status409Conflict);
    }
}
