using RagCaching.Contract;
using RagCaching.Contract.Transfers;
using RagCaching.Semantic.Requests;
using RagCaching.VectorStores;

namespace RagCaching;

/// <content>The owner looks at the rules, and looks at, approves and edits answers one by one.</content>
public sealed partial class SemanticCache : ISemanticCacheEntries, IOwnersRules
{
    private readonly CacheSettings _settings;

    bool IOwnersRules.ShareAcrossCallers => _settings.ShareAcrossCallers;

    double? IOwnersRules.MaxErrorRate => _settings.MaxErrorRate;

    float? IOwnersRules.MinimumSimilarity => _settings.MinimumSimilarity;

    bool IOwnersRules.HasPrices => _settings.HasPrices;

    ValueTask<EntryPage> ISemanticCacheEntries.ListAsync(EntryFilter filter, bool? isCurated, ListedPlace? after, int limit, CancellationToken cancellationToken)
    {
        Check(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _transfers.List.ReadAsync(_remover.Select(filter), isCurated, after, limit, cancellationToken);
    }

    ValueTask<Curation> ISemanticCacheEntries.CurateAsync(string entryId, string? text, CacheScope? scope, CancellationToken cancellationToken) =>
        _curation.CurateAsync(entryId, text, scope, cancellationToken);
}
