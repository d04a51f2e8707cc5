using Microsoft.Extensions.VectorData;
using RagCaching.VectorData.Filters;

namespace RagCaching.VectorData.Collections;

/// <summary>A collection that has been opened. Thread-safe as its connector is.</summary>
/// <param name="name">Which entries it has.</param>
/// <param name="collection">The collection.</param>
internal sealed class Shelf(ShelfName name, VectorStoreCollection<object, Record> collection) : IDisposable
{
    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };
    private static readonly RecordRetrievalOptions WithoutVectors = new();

    private bool _isSuspect;

    public ShelfName Name => name;

    /// <summary>Gets the name of the collection.</summary>
    public string CollectionName => collection.Name;

    /// <summary>Gets or sets a value indicating whether the database has failed since the collection was opened. It may have lost it, so it is looked at again.</summary>
    public bool IsSuspect
    {
        get => Volatile.Read(ref _isSuspect);
        set => Volatile.Write(ref _isSuspect, value);
    }

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => WatchAsync(collection.CollectionExistsAsync(cancellationToken));

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => WatchAsync(collection.EnsureCollectionExistsAsync(cancellationToken));

    public Task<Record?> GetAsync(object key, bool withVector, CancellationToken cancellationToken) =>
        WatchAsync(collection.GetAsync(key, withVector ? WithVectors : WithoutVectors, cancellationToken));

    /// <summary>Reads records that a filter selects, at most so many, in any order.</summary>
    public Task<List<Record>> FindAsync(RecordFilter filter, int top, bool withVectors, CancellationToken cancellationToken)
    {
        var options = new FilteredRecordRetrievalOptions<Record> { IncludeVectors = withVectors };
        return WatchAsync(TakeAsync(collection.GetAsync(filter.ToExpression(), top, options, cancellationToken), static record => record, top));
    }

    /// <summary>Gets the records that the database puts first, with their vectors. Its scores are left behind: some are similarities, some distances, and none is comparable.</summary>
    public Task<List<Record>> SearchAsync(ReadOnlyMemory<float> vector, int top, RecordFilter filter, CancellationToken cancellationToken)
    {
        var options = new VectorSearchOptions<Record> { Filter = filter.ToExpression(), IncludeVectors = true };
        return WatchAsync(TakeAsync(collection.SearchAsync(vector, top, options, cancellationToken), static result => result.Record, top));
    }

    public Task UpsertAsync(Record record, CancellationToken cancellationToken) => WatchAsync(collection.UpsertAsync(record, cancellationToken));

    public Task DeleteAsync(object key, CancellationToken cancellationToken) => WatchAsync(collection.DeleteAsync(key, cancellationToken));

    public Task DeleteAsync(IReadOnlyList<object> keys, CancellationToken cancellationToken) =>
        keys.Count == 0 ? Task.CompletedTask : WatchAsync(collection.DeleteAsync(keys, cancellationToken));

    public void Dispose() => collection.Dispose();

    // Some databases return more than they were asked for.
    private static async Task<List<Record>> TakeAsync<T>(IAsyncEnumerable<T> source, Func<T, Record> select, int top)
    {
        var taken = new List<Record>();
        await foreach (var item in source.ConfigureAwait(false))
        {
            taken.Add(select(item));
            if (taken.Count == top)
            {
                break;
            }
        }

        return taken;
    }

    private async Task<T> WatchAsync<T>(Task<T> call)
    {
        await WatchAsync((Task)call).ConfigureAwait(false);
        return await call.ConfigureAwait(false);
    }

    private async Task WatchAsync(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (VectorStoreException)
        {
            IsSuspect = true;
            throw;
        }
    }
}
