using System.Collections.Concurrent;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Collections;

/// <summary>The collections of one cache: which there are, and those that are open. Thread-safe.</summary>
/// <remarks>
/// Which collections there are is asked of the database once a minute, and once a second while nothing is known that an entry could be in. So what another process makes is seen within that time; this
/// process knows its own at once.
/// </remarks>
internal sealed class Shelves(VectorStore store, VectorDataOptions options, int? dimensions, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestTrust = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestTrust = TimeSpan.FromSeconds(1);

    private readonly ShelfOpener _opener = new(store, options, time);
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly ConcurrentDictionary<ShelfName, Shelf> _open = new();
    private readonly ConcurrentDictionary<ShelfName, bool> _known = new();
    private long _listed;
    private volatile bool _isListed;

    /// <summary>Gets the number of dimensions that vectors have, as far as it is known before one was seen.</summary>
    public int? Dimensions => dimensions;

    /// <summary>Opens the collections that entries of a partition may be in, the likeliest first.</summary>
    /// <param name="partitionDigest">The partition's digest; <see langword="null"/> for all partitions.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<List<Shelf>> OfAsync(string? partitionDigest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var partition = partitionDigest is null ? null : PartitionOf(partitionDigest);
        var names = Known(partition, isAll: partitionDigest is null);
        if (IsOlderThan(names.Count == 0 ? ShortestTrust : LongestTrust))
        {
            await ListAsync(cancellationToken).ConfigureAwait(false);
            names = Known(partition, isAll: partitionDigest is null);
        }

        var shelves = new List<Shelf>(names.Count);
        foreach (var name in names)
        {
            shelves.Add(await OpenAsync(name, cancellationToken).ConfigureAwait(false));
        }

        return shelves;
    }

    /// <summary>Opens the collection into which an entry belongs, and makes it if it is missing.</summary>
    /// <param name="vectorLength">The number of dimensions of its vector; 0 for none.</param>
    /// <param name="partitionDigest">The partition's digest.</param>
    /// <param name="known">The collections of its partition.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<Shelf> ForAsync(int vectorLength, string partitionDigest, List<Shelf> known, CancellationToken cancellationToken) =>
        vectorLength == 0 && dimensions is null && known.Count > 0
            ? ValueTask.FromResult(known[0])
            : OpenAsync(new ShelfName(vectorLength == 0 ? dimensions ?? 0 : vectorLength, PartitionOf(partitionDigest)), cancellationToken);

    /// <summary>Opens what will be needed, as far as that is known.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (dimensions is { } length && !options.CollectionPerPartition)
        {
            await OpenAsync(new ShelfName(length, null), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ListAsync(cancellationToken).ConfigureAwait(false);
            if (_known.Keys.FirstOrDefault() is { Dimensions: > 0 } name)
            {
                await OpenAsync(name, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        foreach (var shelf in _open.Values)
        {
            shelf.Dispose();
        }

        _open.Clear();
        _changing.Dispose();
    }

    private string? PartitionOf(string partitionDigest) => options.CollectionPerPartition ? ShelfName.Shorten(partitionDigest) : null;

    private bool IsOlderThan(TimeSpan age) => !_isListed || time.GetElapsedTime(Volatile.Read(ref _listed)) >= age;

    // Those whose vectors are as long as they should be come first, and those without vectors last.
    private List<ShelfName> Known(string? partition, bool isAll) =>
    [
        .. _known.Keys.Where(name => isAll || name.Partition == partition)
            .OrderByDescending(name => name.Dimensions == dimensions).ThenBy(static name => name.Dimensions == 0).ThenBy(static name => name.Dimensions).ThenBy(static name => name.Partition, StringComparer.Ordinal),
    ];

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        await foreach (var text in store.ListCollectionNamesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ShelfName.TryParse(options.CollectionName, text) is { } name && (name.Partition is not null) == options.CollectionPerPartition)
            {
                _known.TryAdd(name, true);
            }
        }

        Volatile.Write(ref _listed, now);
        _isListed = true;
    }

    private async ValueTask<Shelf> OpenAsync(ShelfName name, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(name, out var open) && !open.IsSuspect)
        {
            return open;
        }

        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var shelf = _open.GetValueOrDefault(name) ?? _opener.Define(name);
            if (shelf.IsSuspect || !_open.ContainsKey(name))
            {
                await _opener.CheckAsync(shelf, cancellationToken).ConfigureAwait(false);
                shelf.IsSuspect = false;
                _open[name] = shelf;
                _known[name] = true;
            }

            return shelf;
        }
        finally
        {
            _changing.Release();
        }
    }
}
