using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Stores an answer that a person wrote. It takes the place of the one to the same question, never expires, and goes before others.</summary>
internal static class CurateEndpoint
{
    public static async Task HandleAsync(OwnerCall call)
    {
        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.CurateBody, call.Aborted).ConfigureAwait(false);
        var query = new SemanticCacheQuery(Checks.Text(body.Question, "question", Checks.MaxQuestion))
        {
            Scope = call.OneScope,
            Partition = Checks.Optional(body.Partition, "partition", Checks.MaxName),
            Tags = Checks.Tags(body.Tags),
            IsCurated = true,
        };
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, Checks.Text(body.Answer, "answer", Checks.MaxAnswer))) { FinishReason = ChatFinishReason.Stop };
        var id = await call.Get<ISemanticCache>().StoreAsync(query, answer, call.Aborted).ConfigureAwait(false)
            ?? throw new Refusal("The answer was not stored: the cache refused it, is switched off, or its store failed. Its statistics say which.", StatusCodes.Status409Conflict);
        await call.Manager.FlushAsync(call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(call.Context, new CurateReply(id), OwnerJson.Default.CurateReply).ConfigureAwait(false);
    }
}
