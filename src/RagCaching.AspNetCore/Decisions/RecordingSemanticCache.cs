using Microsoft.Extensions.AI;
using RagCaching.Contract;
using RagCaching.Contract.Batches;
using RagCaching.Contract.Transfers;
using RagCaching.VectorStores;

namespace RagCaching.AspNetCore.Decisions;

/// <summary>Lets a cache answer, and takes note of what it decided.</summary>
internal sealed class RecordingSemanticCache(SemanticCache inner, DecisionRecorder recorder)
    : ISemanticCache, ISemanticCacheManager, ISemanticCacheTransfer, ISemanticCacheExplainer, IAmbientScope, ISemanticCacheBatches, ISemanticCacheEntries, IOwnersRules, IAsyncDisposable, IDisposable
{
    public async ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default)
    {
        query = Named(query);
        var result = await inner.LookupAsync(query, cancellationToken).ConfigureAwait(false);
        recorder.Record(query, result);
        return result;
    }

    public async ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default)
    {
        query = Named(query);
        var result = await inner.GetOrCreateAsync(query, factory, cancellationToken).ConfigureAwait(false);
        recorder.Record(query, result);
        return result;
    }

    public async ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default)
    {
        query = Named(query);
        var result = await inner.GetOrStreamAsync(query, factory, cancellationToken).ConfigureAwait(false);
        return result.Telling(told => recorder.Record(query, told));
    }

    public ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default) => inner.StoreAsync(query, response, cancellationToken);

    public ValueTask<EntryStatus> RemoveAsync(string entryId, CacheScope? scope = null, CancellationToken cancellationToken = default) => inner.RemoveAsync(entryId, scope, cancellationToken);

    public ValueTask<long> RemoveWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default) => inner.RemoveWhereAsync(filter, cancellationToken);

    public ValueTask<long> CountWhereAsync(EntryFilter filter, CancellationToken cancellationToken = default) => inner.CountWhereAsync(filter, cancellationToken);

    public ValueTask<EntryStatus> ReportAsync(string entryId, string question, bool correct, CacheScope? scope = null, CancellationToken cancellationToken = default) =>
        inner.ReportAsync(entryId, question, correct, scope, cancellationToken);

    public SemanticCacheStatistics GetStatistics(CacheScope? scope = null) => inner.GetStatistics(scope);

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public ValueTask<long> ExportAsync(Stream destination, EntryFilter filter, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.ExportAsync(destination, filter, progress, cancellationToken);

    public ValueTask<ImportReport> ImportAsync(Stream source, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.ImportAsync(source, options, progress, cancellationToken);

    public ValueTask<ImportReport> ImportAnswersAsync(IAsyncEnumerable<ImportedAnswer> answers, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.ImportAnswersAsync(answers, options, progress, cancellationToken);

    public ValueTask<SemanticCacheExplanation> ExplainAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) => inner.ExplainAsync(query, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public void Dispose() => inner.Dispose();

    AmbientScope IAmbientScope.ReadScope() => ((IAmbientScope)inner).ReadScope();

    ValueTask ISemanticCacheBatches.PrepareAsync(IEnumerable<SemanticCacheQuery> queries, bool isLookup, CancellationToken cancellationToken) =>
        ((ISemanticCacheBatches)inner).PrepareAsync(queries, isLookup, cancellationToken);

    ValueTask<EntryPage> ISemanticCacheEntries.ListAsync(EntryFilter filter, bool? isCurated, ListedPlace? after, int limit, CancellationToken cancellationToken) =>
        ((ISemanticCacheEntries)inner).ListAsync(filter, isCurated, after, limit, cancellationToken);

    ValueTask<Curation> ISemanticCacheEntries.CurateAsync(string entryId, string? text, CacheScope? scope, CancellationToken cancellationToken) =>
        ((ISemanticCacheEntries)inner).CurateAsync(entryId, text, scope, cancellationToken);

    bool IOwnersRules.ShareAcrossCallers => ((IOwnersRules)inner).ShareAcrossCallers;

    double? IOwnersRules.MaxErrorRate => ((IOwnersRules)inner).MaxErrorRate;

    float? IOwnersRules.MinimumSimilarity => ((IOwnersRules)inner).MinimumSimilarity;

    bool IOwnersRules.HasPrices => ((IOwnersRules)inner).HasPrices;

    private SemanticCacheQuery Named(SemanticCacheQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);

        return query.Scope is null ? ((IAmbientScope)inner).ReadScope().ApplyTo(query) : query;
    }
}
