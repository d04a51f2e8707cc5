namespace RagCaching.Pipeline.Caching;

/// <summary>What a request allows of what is kept for earlier ones.</summary>
/// <param name="Reads">Whether it may be served from what is kept.</param>
/// <param name="Writes">Whether what is found for it may be kept.</param>
/// <param name="MinimumSimilarity">From which similarity on the chunks of another question serve it; <see langword="null"/> for those of the very same question only.</param>
/// <param name="MaxAge">How long ago what serves it may have been retrieved; <see langword="null"/> for as long as it is kept.</param>
internal readonly record struct RetrievalUse(bool Reads, bool Writes, float? MinimumSimilarity, TimeSpan? MaxAge)
{
    /// <summary>Reads a request.</summary>
    /// <param name="query">The question to the cache of answers.</param>
    /// <param name="isBypassed">Whether that cache has stood aside, for whatever reason.</param>
    /// <param name="options">The settings.</param>
    public static RetrievalUse Of(SemanticCacheQuery query, bool isBypassed, RetrievalCacheOptions options)
    {
        var isIncluded = options.IncludeBypassed || (query.Mode != SemanticCacheMode.Bypass && !isBypassed);
        return new RetrievalUse(
            isIncluded && query.Mode != SemanticCacheMode.Refresh,
            isIncluded && query.Mode != SemanticCacheMode.ReadOnly,
            query.ExactOnly ? null : Math.Max(options.MinimumSimilarity, query.MinimumSimilarity ?? -1),
            query.MaxAge);
    }
}
