using RagCaching.Semantic.Transfers;

namespace RagCaching;

/// <content>Answers go out and come in.</content>
public sealed partial class SemanticCache
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> or <paramref name="filter"/> is <see langword="null"/>.</exception>
    public ValueTask<long> ExportAsync(Stream destination, EntryFilter filter, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Check(filter);
        if (!destination.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written.", nameof(destination));
        }

        return _transfers.Export.WriteAsync(destination, _remover.Select(filter), progress, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is <see langword="null"/>.</exception>
    public async ValueTask<ImportReport> ImportAsync(Stream source, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        }

        var settings = Checked(options);
        await _transfers.WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _transfers.Entries.ReadAsync(source, settings, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="answers"/> is <see langword="null"/>.</exception>
    public async ValueTask<ImportReport> ImportAnswersAsync(
        IAsyncEnumerable<ImportedAnswer> answers, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answers);

        var settings = Checked(options);
        await _transfers.WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _transfers.Answers.ReadAsync(answers, settings, progress, cancellationToken).ConfigureAwait(false);
    }

    private static void Check(EntryFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Scope is null == !filter.AllScopes)
        {
            throw new ArgumentException("Set either Scope or AllScopes: that the answers of every scope are meant is a decision and is spelled out.", nameof(filter));
        }
    }

    private static ImportOptions Checked(ImportOptions? options)
    {
        var settings = options ?? new ImportOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxLineBytes, ImportOptions.LeastMaxLineBytes, $"{nameof(options)}.{nameof(ImportOptions.MaxLineBytes)}");
        return settings;
    }

    /// <summary>The parts that export and import.</summary>
    /// <param name="Store">Keeps the entries.</param>
    /// <param name="Export">Writes them.</param>
    /// <param name="Entries">Reads them.</param>
    /// <param name="Answers">Reads questions and answers.</param>
    /// <param name="List">Shows them.</param>
    private sealed record Transfers(IVectorStore Store, EntryExport Export, EntryImport Entries, AnswerImport Answers, EntryList List)
    {
        /// <summary>Waits until the store knows what it has: hosts import when they start.</summary>
        public Task WhenReadyAsync(CancellationToken cancellationToken) => Store is JournaledVectorStore journaled ? journaled.WhenLoadedAsync(cancellationToken) : Task.CompletedTask;
    }
}
