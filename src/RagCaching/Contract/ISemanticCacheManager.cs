namespace RagCaching;

/// <summary>Removes stored answers, takes reports about them and tells how the cache does: what its owner needs, and its callers do not.</summary>
/// <remarks>
/// <para>
/// <see cref="SemanticCache"/> implements it beside <see cref="ISemanticCache"/>, and <c>AddRagCaching</c> registers both as one instance. Implementations are thread-safe. Unlike
/// lookups, these calls pass on what the store throws, since their callers must know.
/// </para>
/// <para>
/// Every member throws <see cref="InvalidOperationException"/> when no scope is known: neither in the call, nor from an
/// <see cref="ICacheScopeProvider"/>, nor by <see cref="SemanticCacheOptions.ShareAcrossCallers"/>.
/// </para>
/// </remarks>
public interface ISemanticCacheManager
{
    /// <summary>Removes one stored answer.</summary>
    /// <param name="entryId">The id from <see cref="SemanticCacheResult.EntryId"/>.</param>
    /// <param name="scope">The scope it belongs to; <see langword="null"/> for the ambient one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was there; <see langword="false"/> for an answer of another scope, or one that was replaced since.</returns>
    ValueTask<bool> RemoveAsync(string entryId, CacheScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>Removes all stored answers that a filter selects, and keeps those that are being generated from being stored.</summary>
    /// <param name="filter">Which answers.</param>
    /// <param name="cancellationToken">Cancels the call; what was removed by then stays removed.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="ArgumentException">The filter names neither a scope nor <see cref="EntryFilter.AllScopes"/>, or both.</exception>
    ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Tells the cache whether a served answer was right.</summary>
    /// <param name="entryId">The id from <see cref="SemanticCacheResult.EntryId"/>.</param>
    /// <param name="question">The question it was served to.</param>
    /// <param name="correct">
    /// <see langword="false"/> keeps the answer from being served to this question again, and removes it if it is the question that the
    /// answer was generated for.
    /// </param>
    /// <param name="scope">The scope it belongs to; <see langword="null"/> for the ambient one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the answer was still there; <see langword="false"/> for one of another scope, or one that was replaced since.</returns>
    ValueTask<bool> ReportAsync(string entryId, string question, bool correct, CacheScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the outcomes of the requests so far.</summary>
    /// <param name="scope">The scope whose error budget is reported; <see langword="null"/> for the ambient one. Everything else is about all scopes.</param>
    /// <returns>A snapshot.</returns>
    SemanticCacheStatistics GetStatistics(CacheScope? scope = null);

    /// <summary>Waits until everything stored so far can be found.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when nothing waits to be written.</returns>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);
}
