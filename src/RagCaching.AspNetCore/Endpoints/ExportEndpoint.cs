using Microsoft.AspNetCore.Http;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Sends stored answers as JSON Lines, as they are read.</summary>
internal static class ExportEndpoint
{
    public static async Task HandleAsync(OwnerCall call)
    {
        if (!call.ShowsTexts)
        {
            throw new Refusal("An export holds questions and answers, which this page does not show. The host allows it with RagCachingEndpointOptions.EnableSensitiveData.", StatusCodes.Status403Forbidden);
        }

        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.FilterBody, call.Aborted).ConfigureAwait(false);
        var filter = call.FilterOf(body);
        call.Context.Response.ContentType = "application/jsonl; charset=utf-8";
        call.Context.Response.Headers.ContentDisposition = "attachment; filename=\"rag-cache.jsonl\"";
        await call.Get<ISemanticCacheTransfer>().ExportAsync(call.Context.Response.Body, filter, cancellationToken: call.Aborted).ConfigureAwait(false);
    }
}
