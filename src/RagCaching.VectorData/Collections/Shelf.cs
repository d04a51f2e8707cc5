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

    /// <summary>Gets or sets a value indicating whether the database has failed since it was last known to have the collection. It may have lost it, so it is asked for its list again.</summary>
    public bool IsSuspect
    {
        get => Volatile.Read(ref _isSuspect);
        set => Volatile.Write(ref _isSuspect, value);
    }

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => WatchAsync(collection.CollectionExistsAsync(cancellationToken));

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => WatchAsync(collection.EnsureCollectionExistsAsync(cancellationToken));

    public Task<Record?> GetAsync(object key, bool withVector, CancellationToken cancellationToken) =>
        WatchAsync(collection.GetAsync(key, withVector ? WithVectors : WithoutVectors, cancellationToken));

    /// <summary>Reads those of some records that are there, without their vectors.</summary>
    public async Task<List<Record>> GetAsync(IReadOnlyList<object> keys, CancellationToken cancellationToken)
    {
        var records = new List<Record>(keys.Count);
        await WatchAsync(ForEachAsync(collection.GetAsync(keys, WithoutVectors, cancellationToken), records.Add, keys.Count)).ConfigureAwait(false);
        return records;
    }

    /// <summary>Reads records that a filter selects, at most so many, in any order.</summary>
    public async Task<List<Record>> FindAsync(RecordFilter filter, int top, bool withVectors, CancellationToken cancellationToken)
    {
        var records = new List<Record>();
        await WatchAsync(ForEachAsync(Select(filter, top, withVectors, cancellationToken), records.Add, top)).ConfigureAwait(false);
        return records;
    }

    /// <summary>Counts the records that a filter selects, up to a number. They are read, for there is no other common way, but none is kept.</summary>
    public Task<int> CountAsync(RecordFilter filter, int upTo, CancellationToken cancellationToken) =>
        WatchAsync(ForEachAsync(Select(filter, upTo, withVectors: false, cancellationToken), static _ => { }, upTo));

    /// <summary>Gets the records that the database puts first, with their vectors. Its scores are left behind: some are similarities, some distances, and none is comparable.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="top">The most records.</param>
    /// <param name="filter">Selects the records.</param>
    /// <param name="take">Is given each record in turn.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The number of records.</returns>
    public Task<int> SearchAsync(ReadOnlyMemory<float> vector, int top, RecordFilter filter, Action<Record> take, CancellationToken cancellationToken)
    {
        var options = new VectorSearchOptions<Record> { Filter = filter.ToExpression(), IncludeVectors = true };
        return WatchAsync(ForEachAsync(collection.SearchAsync(vector, top, options, cancellationToken), result => take(result.Record), top));
    }

    public Task UpsertAsync(Record record, CancellationToken cancellationToken) => WatchAsync(collection.UpsertAsync(record, cancellationToken));

    public Task DeleteAsync(object key, CancellationToken cancellationToken) => WatchAsync(collection.DeleteAsync(key, cancellationToken));

    public Task DeleteAsync(IReadOnlyList<object> keys, CancellationToken cancellationToken) =>
        keys.Count == 0 ? Task.CompletedTask : WatchAsync(collection.DeleteAsync(keys, cancellationToken));

    public void Dispose() => collection.Dispose();

    // Some databases return more than they were asked for.
    private static async Task<int> ForEachAsync<T>(IAsyncEnumerable<T> source, Action<T> take, int top)
    {
        var taken = 0;
        await foreach (var item in source.ConfigureAwait(false))
        {
            take(item);
            if (++taken == top)
            {
                break;
            }
        }

        return taken;
    }

    private IAsyncEnumerable<Record> Select(RecordFilter filter, int top, bool withVectors, CancellationToken cancellationToken) =>
        collection.GetAsync(filter.ToExpression(), top, new FilteredRecordRetrievalOptions<Record> { IncludeVectors = withVectors }, cancellationToken);

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
