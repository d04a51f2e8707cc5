using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;
using RagCaching.Contract.Transfers;
using RagCaching.VectorStores;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Lists stored answers a page at a time, the newest first.</summary>
internal static class EntriesEndpoint
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static async Task HandleAsync(OwnerCall call)
    {
        var query = call.Context.Request.Query;
        var filter = call.FilterOf(new FilterBody { Tag = query["tag"], SourceId = query["sourceId"], ModelId = query["modelId"], CreatedBy = query["createdBy"] });
        var page = await call.Entries.ListAsync(filter, CuratedOf(query["curated"]), PlaceOf(query["after"]), Checks.Limit(query["limit"], DefaultLimit, MaxLimit), call.Aborted).ConfigureAwait(false);
        await OwnerJson.WriteAsync(
            call.Context, new EntriesReply([.. page.Entries.Select(entry => ReplyOf(entry, call.ShowsTexts))], page.Next?.ToString()), OwnerJson.Default.EntriesReply).ConfigureAwait(false);
    }

    private static bool? CuratedOf(string? curated) => curated switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new Refusal("'curated' must be true or false."),
    };

    private static ListedPlace? PlaceOf(string? after) => after is null ? null
        : ListedPlace.TryParse(after, out var place) ? place
        : throw new Refusal("'after' is no 'next' of a page.");

    private static EntryReply ReplyOf(ListedEntry entry, bool showsTexts) => new()
    {
        EntryId = entry.Id,
        Question = Texts.Of(entry.Question, showsTexts),
        Answer = Texts.Of(entry.Answer, showsTexts),
        Model = entry.ModelId,
        At = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
        Curated = entry.IsCurated,
        Sources = showsTexts ? entry.Sources : null,
        SourceCount = entry.Sources.Count,
        Right = entry.Right,
        Wrong = entry.Wrong,
        Tokens = entry.Tokens,
        Bytes = entry.Bytes,
    };
}
