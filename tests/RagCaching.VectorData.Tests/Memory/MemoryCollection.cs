using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Tests.Memory;

/// <summary>One collection of a <see cref="MemoryVectorStore"/>.</summary>
internal sealed class MemoryCollection(string name, MemoryVectorStore store) : VectorStoreCollection<object, Record>
{
    public override string Name => name;

    private bool _isDisposed;

    private Quirks Quirks => store.Quirks;

    private ConcurrentDictionary<object, Record> Records =>
        store.Collections.TryGetValue(name, out var records) ? records : throw new VectorStoreException($"There is no collection '{name}'.");

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => Task.FromResult(store.Collections.ContainsKey(name));

    public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        await Quirks.BeforeEnsure();
        store.Collections.TryAdd(name, new ConcurrentDictionary<object, Record>());
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => store.EnsureCollectionDeletedAsync(name, cancellationToken);

    public override async Task<Record?> GetAsync(object key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        return Records.TryGetValue(key, out var record) ? Copy(record, options?.IncludeVectors == true) : null;
    }

    public override async IAsyncEnumerable<Record> GetAsync(
        Expression<Func<Record, bool>> filter, int top, FilteredRecordRetrievalOptions<Record>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        await Quirks.BeforeFind();
        ThrowIf(Quirks.OnFilteredGet);
        ThrowIfListFilter(filter);
        foreach (var record in Records.Values.Where(record => Quirks.IgnoresFilters || FilterEvaluator.Selects(filter, record)).Take(top))
        {
            yield return Copy(record, options?.IncludeVectors == true);
        }
    }

    public override async IAsyncEnumerable<VectorSearchResult<Record>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Record>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        ThrowIf(Quirks.OnFilteredSearch);
        Quirks.OnSearch(top);
        var query = (ReadOnlyMemory<float>)(object)searchValue;
        bool Selects(Record record) => Quirks.IgnoresFilters || FilterEvaluator.Selects(options!.Filter!, record);
        var scored = Records.Values.Where(record => Quirks.PostFiltered is not null || Selects(record)).Select(record => (Record: record, Score: Score(query, VectorOf(record)))).ToArray();
        if (Quirks.ZeroVectorEmptiesSearches && scored.Any(item => double.IsNaN(item.Score)))
        {
            yield break;
        }

        var nearest = scored.OrderByDescending(item => item.Score).Take(Quirks.PostFiltered ?? int.MaxValue).Where(item => Quirks.PostFiltered is null || Selects(item.Record));
        foreach (var (record, score) in nearest.Take(top))
        {
            yield return new VectorSearchResult<Record>(Copy(record, options!.IncludeVectors), Quirks.ScoresAreWrong ? 0.5 : Quirks.ScoresAreDistances ? 1 - score : score);
        }
    }

    public override async Task UpsertAsync(Record record, CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        await Quirks.BeforeUpsert(record);
        var stored = new Record(record) { ["vector"] = Quirks.Stored((ReadOnlyMemory<float>)record["vector"]!) };
        Records[record["key"]!] = stored;
    }

    public override async Task UpsertAsync(IEnumerable<Record> records, CancellationToken cancellationToken = default)
    {
        foreach (var record in records)
        {
            await UpsertAsync(record, cancellationToken);
        }
    }

    public override async Task DeleteAsync(object key, CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        await Quirks.BeforeDelete();
        Records.TryRemove(key, out _);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            store.CollectionWasDisposed();
        }

        base.Dispose(disposing);
    }

    private static Record Copy(Record record, bool withVector)
    {
        var copy = new Record(record);
        if (!withVector)
        {
            copy.Remove("vector");
        }

        return copy;
    }

    private static ReadOnlyMemory<float> VectorOf(Record record) => record["vector"] switch
    {
        Embedding<float> embedding => embedding.Vector,
        float[] vector => vector,
        var vector => (ReadOnlyMemory<float>)vector!,
    };

    private static double Score(ReadOnlyMemory<float> query, ReadOnlyMemory<float> vector) => TensorPrimitives.CosineSimilarity(query.Span, vector.Span);

    private static void ThrowIf(Exception? exception)
    {
        if (exception is not null)
        {
            throw exception;
        }
    }

    private void ThrowIfListFilter(Expression<Func<Record, bool>> filter)
    {
        if (filter.ToString().Contains("Contains", StringComparison.Ordinal))
        {
            ThrowIf(Quirks.OnListFilter);
        }
    }

    private Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Quirks.ThrowIfDown();
        return Task.CompletedTask;
    }
}
