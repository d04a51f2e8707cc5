namespace RagCaching;

/// <summary>What came of the requests to a cache since it was made.</summary>
public sealed class SemanticCacheStatistics
{
    /// <summary>Gets how many requests came to each outcome.</summary>
    public required IReadOnlyDictionary<SemanticCacheOutcome, long> Outcomes { get; init; }

    /// <summary>Gets why the misses and bypasses were none of the hits.</summary>
    public required IReadOnlyDictionary<SemanticCacheReason, long> Reasons { get; init; }

    /// <summary>Gets how many comparisons of answers were asked for.</summary>
    /// <value>Each may be a call of a model, depending on the <see cref="IAnswerComparer"/>. 0 without an error budget and outside of shadow mode.</value>
    public required long Comparisons { get; init; }

    /// <summary>Gets how the error budget of the scope is doing.</summary>
    /// <value><see langword="null"/> without an error budget, or for a scope without requests in this process.</value>
    public ErrorBudgetStatistics? ErrorBudget { get; init; }
}
