using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Removes one answer, or those that a filter selects, which are counted first.</summary>
internal static class RemovalEndpoints
{
    public static async Task RemoveAsync(OwnerCall call)
    {
        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.RemoveBody, call.Aborted).ConfigureAwait(false);
        var status = await call.Manager.RemoveAsync(Checks.Id(body.EntryId, "entryId"), call.OneScope, call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(call.Context, new StatusReply(call.Told(status)), OwnerJson.Default.StatusReply).ConfigureAwait(false);
    }

    public static async Task InvalidateAsync(OwnerCall call)
    {
        var body = await RequestBody.ReadAsync(call.Context.Request, OwnerJson.Default.InvalidateBody, call.Aborted).ConfigureAwait(false);
        var filter = call.FilterOf(body);
        var isEmpty = filter is { Tag: null, SourceId: null, ModelId: null, CreatedBy: null, CreatedBefore: null };
        if (isEmpty != body.Everything)
        {
            throw new Refusal(isEmpty ? "Name a tag, sourceId, modelId, createdBy or createdBefore; or say \"everything\": true." : "\"everything\" and a filter contradict each other.");
        }

        var count = body.DryRun
            ? await call.Manager.CountWhereAsync(filter, call.Aborted).ConfigureAwait(false)
            : await call.Manager.RemoveWhereAsync(filter, call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(call.Context, new InvalidateReply(count, body.DryRun), OwnerJson.Default.InvalidateReply).ConfigureAwait(false);
    }
}
