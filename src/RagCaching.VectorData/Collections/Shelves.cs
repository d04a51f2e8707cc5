using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Collections;

/// <summary>The open collections of one cache. Thread-safe.</summary>
[SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "The semaphore's wait handle is never asked for, and who waits for it while this ends has to be let through.")]
internal sealed class Shelves(VectorStore store, VectorDataOptions options, int? dimensions, TimeProvider time) : IDisposable
{
    private readonly ShelfOpener _opener = new(store, options, time);
    private readonly ShelfList _list = new(store, options, dimensions, time);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ConcurrentDictionary<ShelfName, Shelf> _open = new();
    private volatile bool _isDisposed;

    /// <summary>Opens the collections that entries of a partition may be in, the likeliest first.</summary>
    /// <param name="partitionDigest">The partition's digest; <see langword="null"/> for all partitions.</param>
    /// <param name="isComplete">
    /// Whether also those are wanted that another process has made a moment ago. What removes or counts needs them; what only reads or writes takes them for a miss until the list is renewed.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<List<Shelf>> OfAsync(string? partitionDigest, bool isComplete, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var partition = partitionDigest is null ? null : PartitionOf(partitionDigest);
        var names = _list.Of(partition, isAll: partitionDigest is null);
        var suspects = names.Select(_open.GetValueOrDefault).OfType<Shelf>().Where(static shelf => shelf.IsSuspect).ToArray();
        if (isComplete || suspects.Length > 0 || _list.IsOld(names.Count))
        {
            await ListAsync(cancellationToken).ConfigureAwait(false);
            Array.ForEach(suspects, static shelf => shelf.IsSuspect = false);
            names = _list.Of(partition, isAll: partitionDigest is null);
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
    /// <returns>Whether there was something to open, so that the database is known to do what is needed.</returns>
    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        if (dimensions is { } length && !options.CollectionPerPartition)
        {
            await OpenAsync(new ShelfName(length, null), cancellationToken).ConfigureAwait(false);
            return true;
        }

        // Connectors look at the fields when a collection is named, whether it is there or not.
        _opener.Define(new ShelfName(dimensions ?? 0, null)).Dispose();
        await ListAsync(cancellationToken).ConfigureAwait(false);
        if (_list.Of(null, isAll: true) is not [var name, ..])
        {
            return false;
        }

        await OpenAsync(name, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var (name, shelf) in _open)
        {
            Close(name, shelf);
        }
    }

    private string? PartitionOf(string partitionDigest) => options.CollectionPerPartition ? ShelfName.Shorten(partitionDigest) : null;

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var (listing, missing) = await _list.RefreshAsync(cancellationToken).ConfigureAwait(false);
        foreach (var name in missing)
        {
            // A list may come too late, or have no aliases.
            if (!_open.TryGetValue(name, out var shelf))
            {
                _list.Remove(name, listing);
            }
            else if (!await shelf.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                _list.Remove(name, listing);
                Close(name, shelf);
            }
        }
    }

    private async ValueTask<Shelf> OpenAsync(ShelfName name, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(name, out var open))
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _open.GetValueOrDefault(name) ?? await OpenAnewAsync(name, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<Shelf> OpenAnewAsync(ShelfName name, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var shelf = _opener.Define(name);
        var isKept = false;
        try
        {
            await _opener.CheckAsync(shelf, cancellationToken).ConfigureAwait(false);
            shelf.IsSuspect = false;
            _list.Add(name);
            isKept = _open.TryAdd(name, shelf);
        }
        finally
        {
            if (!isKept)
            {
                shelf.Dispose();
            }
        }

        // Kept first and looked at then: whichever of both comes last closes it.
        if (_isDisposed)
        {
            Close(name, shelf);
            throw new ObjectDisposedException(GetType().FullName);
        }

        return shelf;
    }

    private void Close(ShelfName name, Shelf shelf)
    {
        if (_open.TryRemove(KeyValuePair.Create(name, shelf)))
        {
            shelf.Dispose();
        }
    }
}
