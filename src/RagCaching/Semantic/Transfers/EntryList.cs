using RagCaching.Contract.Transfers;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.VectorStores;

namespace RagCaching.Semantic.Transfers;

/// <summary>Lists stored answers, the newest first, a page at a time.</summary>
/// <remarks>A store in this process hands out the page alone. Of any other all entries are read for each page, and no more are kept than it shows.</remarks>
internal sealed class EntryList(IVectorStore store, KeySpace keys, IFaultCounter counter)
{
    public async ValueTask<EntryPage> ReadAsync(VectorFilter filter, bool? isCurated, ListedPlace? after, int limit, CancellationToken cancellationToken)
    {
        // One more than is shown tells whether there is another page.
        var query = new ListingQuery(filter, isCurated, keys.BudgetPartition, after, limit + 1);
        var found = store is IEntryListing listing ? listing.ReadNewest(query, cancellationToken) : await ReadAllAsync(query, cancellationToken).ConfigureAwait(false);
        var listed = new List<ListedEntry>(limit);
        foreach (var entry in found.Take(limit))
        {
            if (await ReadAsync(entry, cancellationToken).ConfigureAwait(false) is { } readable)
            {
                listed.Add(readable);
            }
        }

        return new EntryPage(listed, found.Count > limit ? ListedPlace.Of(found[limit - 1]) : null);
    }

    private async ValueTask<IReadOnlyList<VectorEntry>> ReadAllAsync(ListingQuery query, CancellationToken cancellationToken)
    {
        var newest = new NewestEntries<VectorEntry>(query);
        await foreach (var entry in store.ReadAllAsync(query.Filter, cancellationToken).ConfigureAwait(false))
        {
            newest.Add(entry, ListedPlace.Of(entry), entry.IsPermanent);
        }

        return newest.Take();
    }

    private async ValueTask<ListedEntry?> ReadAsync(VectorEntry entry, CancellationToken cancellationToken)
    {
        // It may be gone by now.
        var whole = entry.Payload.IsEmpty ? await store.GetContentAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false) : entry;
        if (whole is null)
        {
            return null;
        }

        if (!Digest.TryParseShort(whole.Id, out var key) || EntryStateCodec.TryDecode(whole.Metadata.Span, key) is not { } state || AnswerCodec.TryDecode(whole.Payload.Span, state.Nonce, key) is not { } answer)
        {
            counter.Failed(TelemetryNames.Operations.Parse, TelemetryNames.Errors.InvalidEntry);
            return null;
        }

        var texts = answer.Messages.Where(static message => !message.IsTool).SelectMany(static message => message.Parts).Where(static part => part is { IsReasoning: false, Tool: null });
        return new ListedEntry
        {
            Id = new EntryId(whole.Partition, whole.Id, state.Nonce).ToString(),
            Question = state.Question,
            Answer = string.Concat(texts.Select(static part => part.Text)),
            ModelId = answer.ModelId,
            CreatedAt = whole.CreatedAt,
            ExpiresAt = whole.IsPermanent ? null : whole.ExpiresAt,
            Sources = [.. answer.Sources?.Keys ?? []],
            Right = state.Right,
            Wrong = state.Wrong,
            Tokens = (answer.Usage?.InputTokens ?? 0) + (answer.Usage?.OutputTokens ?? 0),
            Bytes = whole.Metadata.Length + whole.Payload.Length,
        };
    }
}
