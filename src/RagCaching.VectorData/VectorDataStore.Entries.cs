using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Filters;
using RagCaching.VectorData.Records;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching;

/// <content>Single entries.</content>
public sealed partial class VectorDataStore
{
    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>Reads the record and writes it; where vectors of several numbers of dimensions are stored, each further collection is asked as well.</remarks>
    public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(entry.Partition, nameof(entry));
        ArgumentException.ThrowIfNullOrEmpty(entry.Id, nameof(entry));
        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        var unit = Array.Empty<float>();
        if (!entry.Vector.IsEmpty)
        {
            var norm = UnitVector.NormOf(entry.Vector.Span, nameof(entry));
            UnitVector.Write(entry.Vector.Span, norm, unit = new float[entry.Vector.Length]);
        }

        return UpsertCoreAsync(entry, unit, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(partition, id);

        return GetCoreAsync(partition, id, withVector: true, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(partition, id);

        return GetCoreAsync(partition, id, withVector: false, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>Reads the whole record and writes it. Another process that replaces or removes the entry in between is overruled.</remarks>
    public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(partition, id);

        return SetMetadataCoreAsync(partition, id, metadata, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>Asks the database which collections there are, so that nothing stays in one that another process has just made.</remarks>
    public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(partition, id);

        return RemoveCoreAsync(partition, id, cancellationToken);
    }

    private static async Task DeleteAsync(List<Shelf> shelves, EntryNames names, Shelf? except, CancellationToken cancellationToken)
    {
        foreach (var shelf in shelves)
        {
            if (shelf != except)
            {
                await shelf.DeleteAsync(names.Key, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void ThrowIfUnusable(string partition, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
    }

    private async ValueTask<bool> SetMetadataCoreAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken)
    {
        var names = EntryNames.Of(partition, id, _mapper.HasGuidKeys);
        using var holder = await _locks.EnterAsync(names.Slot, cancellationToken).ConfigureAwait(false);
        var shelves = await _shelves.OfAsync(names.Partition, isComplete: false, cancellationToken).ConfigureAwait(false);
        if (await FindAsync(shelves, names, partition, id, withVector: true, cancellationToken).ConfigureAwait(false) is not var (shelf, stored) || !stored.IsLive(_time.GetUtcNow()))
        {
            return false;
        }

        var entry = new VectorEntry
        {
            Partition = partition,
            Id = id,
            Metadata = metadata,
            Payload = stored.Entry.Payload,
            Labels = stored.Entry.Labels,
            CreatedAt = stored.Entry.CreatedAt,
            ExpiresAt = stored.Entry.ExpiresAt,
        };
        await shelf.UpsertAsync(_mapper.ToRecord(entry, names, stored.Entry.Vector, shelf.Name.StoredDimensions, stored.Added), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> RemoveCoreAsync(string partition, string id, CancellationToken cancellationToken)
    {
        var names = EntryNames.Of(partition, id, _mapper.HasGuidKeys);
        using var holder = await _locks.EnterAsync(names.Slot, cancellationToken).ConfigureAwait(false);
        var shelves = await _shelves.OfAsync(names.Partition, isComplete: true, cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(shelves, names, partition, id, withVector: false, cancellationToken).ConfigureAwait(false);

        // Everywhere, and also what could not be read: an entry whose removal was confirmed must not come back.
        await DeleteAsync(shelves, names, except: null, cancellationToken).ConfigureAwait(false);
        return found is var (_, stored) && stored.IsLive(_time.GetUtcNow());
    }

    private async ValueTask UpsertCoreAsync(VectorEntry entry, ReadOnlyMemory<float> unit, CancellationToken cancellationToken)
    {
        var names = EntryNames.Of(entry.Partition, entry.Id, _mapper.HasGuidKeys);
        using var holder = await _locks.EnterAsync(names.Slot, cancellationToken).ConfigureAwait(false);
        var shelves = await _shelves.OfAsync(names.Partition, isComplete: false, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        if (entry.ExpiresAt <= now)
        {
            await DeleteAsync(shelves, names, except: null, cancellationToken).ConfigureAwait(false);
            return;
        }

        await ThrowIfOtherDimensionsAsync(shelves, unit.Length, entry.Partition, entry.Id, now, nameof(entry), cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(shelves, names, entry.Partition, entry.Id, withVector: false, cancellationToken).ConfigureAwait(false);
        var added = found is var (_, stored) && stored.IsLive(now) ? stored.Added : _adding.Next(now);
        var shelf = await _shelves.ForAsync(unit.Length, names.Partition, shelves, cancellationToken).ConfigureAwait(false);
        await shelf.UpsertAsync(_mapper.ToRecord(entry, names, unit, shelf.Name.StoredDimensions, added), cancellationToken).ConfigureAwait(false);
        await DeleteAsync(shelves, names, shelf, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<VectorEntry?> GetCoreAsync(string partition, string id, bool withVector, CancellationToken cancellationToken)
    {
        var names = EntryNames.Of(partition, id, _mapper.HasGuidKeys);
        var shelves = await _shelves.OfAsync(names.Partition, isComplete: false, cancellationToken).ConfigureAwait(false);
        return await FindAsync(shelves, names, partition, id, withVector, cancellationToken).ConfigureAwait(false) is var (_, stored) && stored.IsLive(_time.GetUtcNow()) ? stored.Entry : null;
    }

    private async ValueTask<(Shelf Shelf, StoredRecord Record)?> FindAsync(List<Shelf> shelves, EntryNames names, string partition, string id, bool withVector, CancellationToken cancellationToken)
    {
        foreach (var shelf in shelves)
        {
            if (await shelf.GetAsync(names.Key, withVector, cancellationToken).ConfigureAwait(false) is { } record
                && _reader.TryRead(record, withVector ? shelf.Name.StoredDimensions : null) is { } stored && stored.Entry.Partition == partition && stored.Entry.Id == id)
            {
                return (shelf, stored);
            }
        }

        return null;
    }

    // A partition has vectors of one model. Those of another number of dimensions would be in another collection, and neither would find the other's.
    private async ValueTask ThrowIfOtherDimensionsAsync(
        List<Shelf> shelves, int dimensions, string partition, string? id, DateTimeOffset now, string parameter, CancellationToken cancellationToken)
    {
        if (dimensions == 0)
        {
            return;
        }

        foreach (var shelf in shelves.Where(shelf => shelf.Name.Dimensions != 0 && shelf.Name.Dimensions != dimensions))
        {
            // Besides the entry itself, which is about to be replaced.
            var others = await shelf.FindAsync(RecordFilters.Searchable(EntryNames.OfPartition(partition), now), 2, withVectors: false, cancellationToken).ConfigureAwait(false);
            if (others.Any(record => _reader.TryRead(record, null) is { } stored && stored.Entry.Partition == partition && stored.Entry.Id != id && stored.IsLive(now)))
            {
                throw new ArgumentException($"The vector has {dimensions} dimensions, but the vectors of its partition have {shelf.Name.Dimensions}.", parameter);
            }
        }
    }
}
