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

    /// <summary>Gets the number of entries in the store, of all caches that share it.</summary>
    /// <value><see langword="null"/> for a store that does not count them in this process.</value>
    public long? Entries { get; init; }

    /// <summary>Gets the size of the entries in bytes.</summary>
    /// <value><see langword="null"/> for a store that does not count them in this process.</value>
    public long? Bytes { get; init; }

    /// <summary>Gets the number of entries that were dropped because the store was full, or because they had expired.</summary>
    /// <value><see langword="null"/> for a store that does not count them in this process.</value>
    public long? Evictions { get; init; }

    /// <summary>Gets the number of requests to which a stored question was near, and was not served (<see cref="SemanticCacheResult.NearMiss"/>).</summary>
    public long NearMisses { get; init; }

    /// <summary>Gets how old the answers were that were served.</summary>
    public ServedAge ServedAge { get; init; }

    /// <summary>Gets what came of the hits that were answered anew to be compared.</summary>
    /// <value>All zero without a <see cref="SemanticCacheOptions.HoldoutRate"/>.</value>
    public HoldoutStatistics Holdouts { get; init; }

    /// <summary>Gets what the cache has saved and spent in all scopes.</summary>
    public SemanticCacheBalance? Balance { get; init; }

    /// <summary>Gets what the cache has saved and spent in the scope that was asked for.</summary>
    /// <value><see langword="null"/> if no scope was named, or for one without requests in this process. The accounts of 1,000 scopes are kept; the oldest is forgotten.</value>
    public SemanticCacheBalance? ScopeBalance { get; init; }

    /// <summary>Gets how many accounts of scopes were forgotten. What they had saved and spent stays in <see cref="Balance"/>.</summary>
    public long ForgottenScopes { get; init; }

    /// <summary>Gets the number of calls, saved or made, whose model has no price although there are prices.</summary>
    public long UnpricedCalls { get; init; }
}
