namespace RagCaching;

/// <summary>Manages a cache for its owner: removes stored answers, accepts reports about them and provides statistics.</summary>
/// <remarks>
/// <para>
/// <see cref="SemanticCache"/> implements this interface and <see cref="ISemanticCache"/>, and <c>AddRagCaching</c> registers both as one instance. Implementations are
/// thread-safe. Unlike lookups, these calls let exceptions of the store reach their callers, who must know about them.
/// </para>
/// <para>
/// Every member throws <see cref="InvalidOperationException"/> if no scope is known: neither from the call, nor from an
/// <see cref="ICacheScopeProvider"/>, nor through <see cref="SemanticCacheOptions.ShareAcrossCallers"/>.
/// </para>
/// </remarks>
public interface ISemanticCacheManager
{
    /// <summary>Removes one stored answer.</summary>
    /// <param name="entryId">The id from <see cref="SemanticCacheResult.EntryId"/>.</param>
    /// <param name="scope">The scope it belongs to; <see langword="null"/> for the ambient one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the answer was there and is removed, is not known, or is another scope's.</returns>
    ValueTask<EntryStatus> RemoveAsync(string entryId, CacheScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>Removes all stored answers that a filter selects. Matching answers that are being generated will not be stored.</summary>
    /// <param name="filter">Selects the answers.</param>
    /// <param name="cancellationToken">Cancels the call. Answers that are removed by then stay removed.</param>
    /// <returns>The number of removed answers.</returns>
    /// <exception cref="ArgumentException">The filter names neither a scope nor <see cref="EntryFilter.AllScopes"/>, or both.</exception>
    ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Counts the stored answers that a filter selects: what <see cref="RemoveWhereAsync"/> would remove now.</summary>
    /// <param name="filter">Selects the answers.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of valid answers.</returns>
    /// <exception cref="ArgumentException">The filter names neither a scope nor <see cref="EntryFilter.AllScopes"/>, or both.</exception>
    /// <exception cref="NotSupportedException">The cache cannot count, as the default implementation says.</exception>
    ValueTask<long> CountWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} cannot count its answers. Implement {nameof(ISemanticCacheManager)}.{nameof(CountWhereAsync)}.");

    /// <summary>Reports whether a served answer was right.</summary>
    /// <param name="entryId">The id from <see cref="SemanticCacheResult.EntryId"/>.</param>
    /// <param name="question">The question that the answer was served to.</param>
    /// <param name="correct">
    /// <see langword="false"/> prevents the answer from being served to this question again. If the answer was generated for this question, it
    /// is removed.
    /// </param>
    /// <param name="scope">The scope it belongs to; <see langword="null"/> for the ambient one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the answer was there and the report is taken, is not known, or is another scope's.</returns>
    ValueTask<EntryStatus> ReportAsync(string entryId, string question, bool correct, CacheScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the outcomes of the requests so far.</summary>
    /// <param name="scope">The scope whose error budget is reported; <see langword="null"/> for the ambient one. All other figures cover all scopes.</param>
    /// <returns>A snapshot.</returns>
    SemanticCacheStatistics GetStatistics(CacheScope? scope = null);

    /// <summary>Waits until everything stored so far can be found.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when no write is pending.</returns>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);
}
