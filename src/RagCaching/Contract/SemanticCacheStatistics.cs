namespace RagCaching;

/// <summary>The outcomes of the requests to a cache since it was created.</summary>
public sealed class SemanticCacheStatistics
{
    /// <summary>Gets the number of requests with each outcome.</summary>
    public required IReadOnlyDictionary<SemanticCacheOutcome, long> Outcomes { get; init; }

    /// <summary>Gets the number of misses and bypasses with each reason.</summary>
    public required IReadOnlyDictionary<SemanticCacheReason, long> Reasons { get; init; }

    /// <summary>Gets the number of comparisons of answers that were requested.</summary>
    /// <value>Depending on the <see cref="IAnswerComparer"/>, each may be a model call. 0 without an error budget and outside of shadow mode.</value>
    public required long Comparisons { get; init; }

    /// <summary>Gets the state of the scope's error budget.</summary>
    /// <value><see langword="null"/> without an error budget, or for a scope without requests in this process.</value>
    public ErrorBudgetStatistics? ErrorBudget { get; init; }

    /// <summary>Gets where the similarities of the embedding model lie.</summary>
    /// <value>
    /// <see langword="null"/> until 256 questions are stored in one partition of an <see cref="InMemoryVectorStore"/>, and always under an error budget, with another store, or for a model with a
    /// <see cref="RecommendedSimilarity"/>.
    /// </value>
    public SimilarityScale? SimilarityScale { get; init; }
}
