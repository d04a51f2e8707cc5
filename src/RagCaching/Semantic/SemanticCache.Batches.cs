using RagCaching.Contract.Batches;

namespace RagCaching;

/// <content>Embeds the questions of many calls at once.</content>
public sealed partial class SemanticCache : ISemanticCacheBatches
{
    async ValueTask ISemanticCacheBatches.PrepareAsync(IEnumerable<SemanticCacheQuery> queries, bool isLookup, CancellationToken cancellationToken)
    {
        var questions = new HashSet<string>(StringComparer.Ordinal);
        string? scopeLabel = null;
        foreach (var query in queries)
        {
            var request = _requests.Create(query, mayExplore: false).Request;
            if (request is not { ExactOnly: false } || (isLookup && await _lookup.FindExactAgainAsync(request).ConfigureAwait(false) is not null))
            {
                continue;
            }

            scopeLabel ??= request.ScopeLabel;
            questions.Add(request.Question);
        }

        if (questions.Count > 1)
        {
            await _questions.PrepareAsync([.. questions], scopeLabel!, cancellationToken).ConfigureAwait(false);
        }
    }
}
