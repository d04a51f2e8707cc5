namespace RagCaching.Contract.Batches;

/// <summary>A cache that embeds the questions of many calls at once.</summary>
internal interface ISemanticCacheBatches
{
    /// <summary>Embeds, in as few calls as the generator takes, the questions of queries that will need it; a failure is found again by each.</summary>
    /// <param name="queries">The queries; each is checked again when it is used.</param>
    /// <param name="isLookup">Whether they are looked up, so that exact repeats need no vector.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask PrepareAsync(IEnumerable<SemanticCacheQuery> queries, bool isLookup, CancellationToken cancellationToken);
}
