using System.Runtime.InteropServices;

namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>Counts what the store holds and refuses what does not fit, over all partitions.</summary>
/// <remarks>
/// An entry is counted before it can be found and until it can no longer be found, so the bounds hold at every moment. One short lock
/// guards the counts, the eviction order and the expiry order. It may be taken while a partition's lock is held, never the
/// other way round; therefore it only names what to evict, and the caller removes that after leaving every lock.
/// </remarks>
/// <param name="maxEntries">The largest number of entries.</param>
/// <param name="maxBytes">The largest number of bytes.</param>
/// <param name="maxOwnerShare">The share of either bound at or above which an owner makes room with its own entries.</param>
internal sealed class StoreCapacity(int maxEntries, long maxBytes, double maxOwnerShare)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OwnerShare> _owners = new(StringComparer.Ordinal);
    private readonly SieveQueue _evictionOrder = new();
    private readonly ExpiryHeap _expiryOrder = new();
    private long _entries;
    private long _bytes;

    public long MaxBytes => maxBytes;

    public long Entries => Interlocked.Read(ref _entries);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts an entry, instead of the one that it replaces, if there is room.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="owner">Its owner, or <see langword="null"/> if it has none.</param>
    /// <param name="replaced">The entry that it replaces, if there is one.</param>
    public WriteStatus TryAdmit(TrackedEntry entry, string? owner, TrackedEntry? replaced)
    {
        lock (_lock)
        {
            var entries = _entries + (replaced is null ? 1 : 0);
            if (entries > maxEntries)
            {
                return WriteStatus.TooManyEntries;
            }

            var bytes = _bytes + entry.Size - (replaced?.Size ?? 0);
            if (bytes > maxBytes)
            {
                return WriteStatus.TooManyBytes;
            }

            if (replaced is not null)
            {
                Leave(replaced);
            }

            Enter(entry, owner);
            _entries = entries;
            _bytes = bytes;
            return WriteStatus.Done;
        }
    }

    /// <summary>Counts a new size of an entry if there is room.</summary>
    public WriteStatus TryResize(TrackedEntry entry, long size)
    {
        lock (_lock)
        {
            var bytes = _bytes + size - entry.Size;
            if (bytes > maxBytes)
            {
                return WriteStatus.TooManyBytes;
            }

            _bytes = bytes;
            if (entry.Share is { } share)
            {
                share.Bytes += size - entry.Size;
            }

            entry.Size = size;
            return WriteStatus.Done;
        }
    }

    /// <summary>Stops counting an entry.</summary>
    public void Release(TrackedEntry entry)
    {
        lock (_lock)
        {
            Leave(entry);
            _entries--;
            _bytes -= entry.Size;
        }
    }

    /// <summary>Names an entry that is no longer valid, if there is one.</summary>
    public TrackedEntry? FindExpired(long now)
    {
        lock (_lock)
        {
            return _expiryOrder.First is { } first && first.Deadline <= now ? first : null;
        }
    }

    /// <summary>Names the entry that is to go next.</summary>
    /// <param name="owner">For whose entry room is needed.</param>
    /// <returns>The entry, or <see langword="null"/> when all that are left are permanent.</returns>
    public TrackedEntry? ChooseVictim(string? owner)
    {
        lock (_lock)
        {
            return owner is not null && _owners.TryGetValue(owner, out var share) && HasMuch(share)
                ? _evictionOrder.NextOf(share) ?? _evictionOrder.Next()
                : _evictionOrder.Next();
        }
    }

    private bool HasMuch(OwnerShare share) => share.Entries >= maxOwnerShare * maxEntries || share.Bytes >= maxOwnerShare * maxBytes;

    // What is permanent waits for no turn and for no end.
    private void Enter(TrackedEntry entry, string? owner)
    {
        if (!entry.IsPermanent)
        {
            _evictionOrder.Add(entry);
            _expiryOrder.Add(entry);
        }

        if (owner is not null)
        {
            ref var share = ref CollectionsMarshal.GetValueRefOrAddDefault(_owners, owner, out _);
            entry.Share = share ??= new OwnerShare(owner);
            share.Entries++;
            share.Bytes += entry.Size;
        }
    }

    private void Leave(TrackedEntry entry)
    {
        if (!entry.IsPermanent)
        {
            _evictionOrder.Remove(entry);
            _expiryOrder.Remove(entry);
        }

        if (entry.Share is { } share)
        {
            share.Bytes -= entry.Size;
            if (--share.Entries == 0)
            {
                _owners.Remove(share.Owner);
            }
        }
    }
}
