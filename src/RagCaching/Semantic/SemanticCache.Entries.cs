using RagCaching.Contract.Transfers;
using RagCaching.VectorStores;

namespace RagCaching;

/// <content>Answers are looked at, approved and edited one by one.</content>
public sealed partial class SemanticCache : ISemanticCacheEntries
{
    ValueTask<EntryPage> ISemanticCacheEntries.ListAsync(EntryFilter filter, bool? isCurated, ListedPlace? after, int limit, CancellationToken cancellationToken)
    {
        Check(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _transfers.List.ReadAsync(_remover.Select(filter), isCurated, after, limit, cancellationToken);
    }

    ValueTask<Curation> ISemanticCacheEntries.CurateAsync(string entryId, string? text, CacheScope? scope, CancellationToken cancellationToken) =>
        _curation.CurateAsync(entryId, text, scope, cancellationToken);
}
