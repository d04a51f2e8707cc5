namespace RagCaching;

/// <summary>Takes stored answers out of a cache and puts answers into it: backups, moves to another engine, warm starts, and answers that people wrote.</summary>
/// <remarks>
/// <see cref="SemanticCache"/> implements this interface, and <c>AddRagCaching</c> registers it. Implementations are thread-safe; the cache answers meanwhile. Unlike lookups, these calls let exceptions of the
/// store reach their callers.
/// </remarks>
public interface ISemanticCacheTransfer
{
    /// <summary>Writes stored answers as JSON Lines, the format of <see cref="ImportAsync(Stream, ImportOptions?, IProgress{long}?, CancellationToken)"/>.</summary>
    /// <param name="destination">Receives a header and one line for each answer, in UTF-8. It is flushed and stays open. It holds questions and answers in plain text, whatever protects them in the store.</param>
    /// <param name="filter">Selects the answers.</param>
    /// <param name="progress">Told how many answers are written, every 1,000 and at the end.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of answers written.</returns>
    /// <exception cref="ArgumentException">The filter names neither a scope nor <see cref="EntryFilter.AllScopes"/>, or both; or the stream cannot be written.</exception>
    /// <exception cref="NotSupportedException">The store cannot list its entries: <see cref="IVectorStore.ReadAllAsync"/>.</exception>
    /// <remarks>What error budgets have learnt is not exported. Answers that are stored or removed meanwhile may be in it or not.</remarks>
    ValueTask<long> ExportAsync(Stream destination, EntryFilter filter, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Stores the answers of an export under the same ids, as soon as a store that shares a journal has loaded it.</summary>
    /// <param name="source">What <see cref="ExportAsync"/> wrote. It is read once, from where it is.</param>
    /// <param name="options">How to import; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how many answers are stored, every 1,000 and at the end.</param>
    /// <param name="cancellationToken">Cancels the call. Answers that are stored by then stay.</param>
    /// <returns>How many answers were stored, and what is wrong with the others.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">The header is missing, is of another version, or names another embedding model or key secret than this cache has. Nothing was stored.</exception>
    ValueTask<ImportReport> ImportAsync(Stream source, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Stores questions with their answers, embedding each question.</summary>
    /// <param name="answers">The answers, such as those of a file of another cache.</param>
    /// <param name="options">How to import; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how many answers are stored, every 1,000 and at the end.</param>
    /// <param name="cancellationToken">Cancels the call. Answers that are stored by then stay.</param>
    /// <returns>How many answers were stored, and what is wrong with the others.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">No scope is known: neither from an answer, nor from an <see cref="ICacheScopeProvider"/>, nor through <see cref="SemanticCacheOptions.ShareAcrossCallers"/>.</exception>
    ValueTask<ImportReport> ImportAnswersAsync(IAsyncEnumerable<ImportedAnswer> answers, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default);
}
