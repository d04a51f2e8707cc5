using RagCaching.Contract.Batches;
using RagCaching.Semantic.Requests;

namespace RagCaching;

/// <content>Embeds the questions of many calls at once.</content>
public sealed partial class SemanticCache : ISemanticCacheBatches
{
    async ValueTask ISemanticCacheBatches.PrepareAsync(IEnumerable<SemanticCacheQuery> queries, bool isLookup, CancellationToken cancellationToken)
    {
        var requests = new List<CacheRequest>();
        foreach (var query in queries)
        {
            if (_requests.Create(query, mayExplore: false).Request is { ExactOnly: false } request
                && (!isLookup || await _lookup.FindExactAgainAsync(request).ConfigureAwait(false) is null))
            {
                requests.Add(request);
            }
        }

        await _questions.PrepareAsync(requests, cancellationToken).ConfigureAwait(false);
    }
}
