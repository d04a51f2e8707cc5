namespace RagCaching;

/// <summary>Tells what would happen to a query, and why.</summary>
/// <remarks><see cref="SemanticCache"/> implements it, and <c>AddRagCaching</c> registers it. Implementations are thread-safe.</remarks>
public interface ISemanticCacheExplainer
{
    /// <summary>Goes the way of <see cref="ISemanticCache.GetOrCreateAsync"/> for a query, without effects.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What would happen now, step by step.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The query has a value that is out of range.</exception>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    /// <remarks>
    /// Nothing is generated, stored, removed, learnt, counted or logged, and no verifier, moderator or comparer is asked. The store and, where the lookup gets that far, the embedding generator and
    /// <see cref="SemanticCacheQuery.CurrentSourceVersion"/> are. The same code decides as in a real lookup. What other callers do in between can change the outcome.
    /// </remarks>
    ValueTask<SemanticCacheExplanation> ExplainAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default);
}
