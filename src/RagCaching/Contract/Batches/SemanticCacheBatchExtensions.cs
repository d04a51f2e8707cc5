using Microsoft.Extensions.AI;
using RagCaching.Contract.Batches;

namespace RagCaching;

/// <summary>Lookup and storage of many questions at once.</summary>
/// <remarks>
/// With a <see cref="SemanticCache"/> over an <see cref="ICachedEmbedder"/>, as dependency injection makes it, the questions are embedded together, in one call of the generator for as many texts as it takes at once
/// (<see cref="CachedEmbedderOptions.MaxBatchSize"/>). Any other cache is called for one question after the other.
/// </remarks>
public static class SemanticCacheBatchExtensions
{
    /// <summary>Looks up many questions, without generating or storing anything.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="queries">The questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    /// <returns>The outcome of each question, in their order.</returns>
    /// <exception cref="ArgumentNullException">An argument, or a query, is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A query has a value that is out of range.</exception>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public static ValueTask<IReadOnlyList<SemanticCacheResult>> LookupManyAsync(
        this ISemanticCache cache, IReadOnlyCollection<SemanticCacheQuery> queries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(queries);

        return LookupAsync(cache, [.. queries], cancellationToken);
    }

    /// <summary>Stores many answers that were generated elsewhere.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="answers">The questions and their answers, which the cache copies.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id of each stored answer, in their order; <see langword="null"/> for one that was refused or could not be stored, which was counted.</returns>
    /// <exception cref="ArgumentNullException">An argument, a query or an answer is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A query has a value that is out of range.</exception>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public static ValueTask<IReadOnlyList<string?>> StoreManyAsync(
        this ISemanticCache cache, IReadOnlyCollection<KeyValuePair<SemanticCacheQuery, ChatResponse>> answers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(answers);

        return StoreAsync(cache, [.. answers], cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<SemanticCacheResult>> LookupAsync(ISemanticCache cache, SemanticCacheQuery[] queries, CancellationToken cancellationToken)
    {
        await PrepareAsync(cache, queries, isLookup: true, cancellationToken).ConfigureAwait(false);
        var results = new SemanticCacheResult[queries.Length];
        for (var i = 0; i < queries.Length; i++)
        {
            results[i] = await cache.LookupAsync(queries[i], cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private static async ValueTask<IReadOnlyList<string?>> StoreAsync(ISemanticCache cache, KeyValuePair<SemanticCacheQuery, ChatResponse>[] answers, CancellationToken cancellationToken)
    {
        await PrepareAsync(cache, answers.Select(static answer => answer.Key), isLookup: false, cancellationToken).ConfigureAwait(false);
        var ids = new string?[answers.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            ids[i] = await cache.StoreAsync(answers[i].Key, answers[i].Value, cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }

    private static ValueTask PrepareAsync(ISemanticCache cache, IEnumerable<SemanticCacheQuery> queries, bool isLookup, CancellationToken cancellationToken) =>
        cache is ISemanticCacheBatches batches ? batches.PrepareAsync(queries, isLookup, cancellationToken) : ValueTask.CompletedTask;
}
