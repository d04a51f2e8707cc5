namespace RagCaching.Pipeline.Caching;

/// <summary>What a request allows of what is kept for earlier ones.</summary>
/// <param name="Reads">Whether it may be served from what is kept.</param>
/// <param name="Writes">Whether what is found for it may be kept.</param>
/// <param name="MinimumSimilarity">From which similarity on the chunks of another question serve it; <see langword="null"/> for those of the very same question only.</param>
internal readonly record struct RetrievalUse(bool Reads, bool Writes, float? MinimumSimilarity)
{
    /// <summary>Reads a request.</summary>
    public static RetrievalUse Of(SemanticCacheQuery query, RetrievalCacheOptions options)
    {
        var isIncluded = query.Mode != SemanticCacheMode.Bypass || options.IncludeBypassed;
        return new RetrievalUse(
            isIncluded && query.Mode != SemanticCacheMode.Refresh,
            isIncluded && query.Mode != SemanticCacheMode.ReadOnly,
            query.ExactOnly ? null : Math.Max(options.MinimumSimilarity, query.MinimumSimilarity ?? -1));
    }
}
