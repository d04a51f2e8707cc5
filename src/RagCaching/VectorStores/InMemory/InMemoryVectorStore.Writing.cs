using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The entry alone is larger than <see cref="InMemoryVectorStoreOptions.MaxBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">The store is full of entries that never expire.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
    {
        var norm = CheckedNormOf(entry);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        Write(entry, norm);
        return default;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">With the metadata, the entry alone is larger than <see cref="InMemoryVectorStoreOptions.MaxBytes"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(partition);
        ArgumentException.ThrowIfNullOrEmpty(id);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        return new(SetMetadata(partition, id, metadata));
    }

    /// <summary>Does what <see cref="UpsertAsync"/> does, for callers that hold a lock.</summary>
    internal void Upsert(VectorEntry entry) => Write(entry, CheckedNormOf(entry));

    /// <summary>Does what <see cref="SetMetadataAsync"/> does, for callers that hold a lock.</summary>
    internal bool SetMetadata(string partition, string id, ReadOnlyMemory<byte> metadata)
    {
        WriteStatus status;
        var now = _clock.Now;
        var vainLooks = 0;
        while ((status = TrySetMetadata(partition, id, metadata, now)) == WriteStatus.TooManyBytes)
        {
            EvictOne(status, owner: null, now, ref vainLooks);
        }

        return status == WriteStatus.Done;
    }

    private double CheckedNormOf(VectorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(entry.Partition, nameof(entry));
        ArgumentException.ThrowIfNullOrEmpty(entry.Id, nameof(entry));
        ArgumentNullException.ThrowIfNull(entry.Labels, nameof(entry));
        ObjectDisposedException.ThrowIf(_disposed, this);
        var norm = entry.Vector.IsEmpty ? 0 : UnitVector.NormOf(entry.Vector.Span, nameof(entry));
        ThrowIfTooLarge(EntrySize.Of(entry), nameof(entry));
        return norm;
    }

    private void Write(VectorEntry entry, double norm)
    {
        var now = _clock.Now;
        var deadline = _clock.DeadlineOf(entry.ExpiresAt);
        ReclaimExpired(now, ReclaimedPerWrite);
        if (deadline <= now)
        {
            // Nobody could ever see it; all that writing it does is to end its predecessor.
            RemoveById(entry.Partition, entry.Id);
            return;
        }

        var vainLooks = 0;
        var row = entry.Vector.IsEmpty ? default : WriteScratch.Current.Normalise(entry.Vector.Span, norm);
        while (true)
        {
            var partition = _partitions.GetOrAdd(entry.Partition, static (name, encodingOf) => new PartitionIndex(name, encodingOf), _encodingOf);
            var status = TryWrite(partition, entry, row, deadline, now);
            if (status == WriteStatus.Done)
            {
                return;
            }

            if (status == WriteStatus.OtherDimensions)
            {
                // Expired entries count for nothing, so their number of dimensions does not bind the partition.
                if (ReclaimExpired(now, int.MaxValue) == 0)
                {
                    throw new ArgumentException(
                        $"The vector has {entry.Vector.Length} dimensions, but the partition's vectors have {partition.Dimensions}.", nameof(entry));
                }
            }
            else if (status != WriteStatus.NotFound)
            {
                EvictOne(status, entry.Owner, now, ref vainLooks);
            }
        }
    }

    private WriteStatus TryWrite(PartitionIndex partition, VectorEntry entry, ReadOnlySpan<float> row, long deadline, long now)
    {
        lock (partition.Lock)
        {
            // An expired entry is not replaced but gone: what comes under its id is new, also in the order of adding. Removing it, or
            // somebody else's removal of the last entry, releases the partition; the entry then belongs into its successor.
            if (partition.Find(entry.Id) is { } existing && existing.Deadline <= now)
            {
                Expire(existing);
            }

            return partition.IsReleased ? WriteStatus.NotFound : partition.TryUpsert(entry, row, deadline, _capacity);
        }
    }

    private WriteStatus TrySetMetadata(string partition, string id, ReadOnlyMemory<byte> metadata, long now)
    {
        if (_partitions.GetValueOrDefault(partition) is not { } index)
        {
            return WriteStatus.NotFound;
        }

        lock (index.Lock)
        {
            if (index.Find(id) is not { } entry || entry.Deadline <= now)
            {
                return WriteStatus.NotFound;
            }

            var size = entry.Size + metadata.Length - entry.Metadata.Length;
            ThrowIfTooLarge(size, nameof(metadata));

            // Marked, so that making room for it does not begin with evicting it.
            entry.MarkUsed();
            var status = _capacity.TryResize(entry, size);
            if (status == WriteStatus.Done)
            {
                entry.Metadata = metadata;
            }

            return status;
        }
    }

    private void ThrowIfTooLarge(long size, string parameterName)
    {
        if (size > _capacity.MaxBytes)
        {
            throw new ArgumentException(
                $"The entry has {size} bytes, but the store holds at most {_capacity.MaxBytes}; raise {nameof(InMemoryVectorStoreOptions)}.{nameof(InMemoryVectorStoreOptions.MaxBytes)}.",
                parameterName);
        }
    }
}
