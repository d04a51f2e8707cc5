using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Finds a stored answer to a question in other words, and decides whether it may be served.</summary>
internal interface IMatchPolicy
{
    /// <summary>Searches and decides.</summary>
    /// <param name="request">The question.</param>
    /// <param name="vector">Its vector.</param>
    /// <param name="refusal">Why the exact question was not served, if it was found.</param>
    /// <param name="progress">Is told what is being waited for.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    ValueTask<LookupResult> FindAsync(
        CacheRequest request, ReadOnlyMemory<float> vector, SemanticCacheReason refusal, Lookup.Progress progress, CancellationToken cancellationToken);
}
