using RagCaching.Diagnostics;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <summary>How many expired entries a write clears away besides its own work: more than it adds, so that none pile up, and few enough not to be felt.</summary>
    private const int ReclaimedPerWrite = 32;

    /// <summary>How often a write looks for something to evict where there is nothing: somebody else may just have made room.</summary>
    private const int VainLooks = 16;

    /// <summary>Makes room: takes an expired entry if there is one, else the one whose turn it is.</summary>
    /// <exception cref="InvalidOperationException">Everything that is left is permanent.</exception>
    private void EvictOne(WriteStatus cause, string? owner, long now, ref int vainLooks)
    {
        if (ReclaimExpired(now, limit: 1) != 0)
        {
            return;
        }

        if (_capacity.ChooseVictim(owner) is not StoredEntry victim)
        {
            if (++vainLooks == VainLooks)
            {
                throw new InvalidOperationException(
                    $"The store is full of entries that never expire, which it does not evict. Remove some, or raise {nameof(InMemoryVectorStoreOptions)}.{nameof(InMemoryVectorStoreOptions.MaxEntries)} and {nameof(InMemoryVectorStoreOptions.MaxBytes)}.");
            }

            return;
        }

        if (Remove(victim))
        {
            _telemetry.Evicted(cause == WriteStatus.TooManyEntries ? TelemetryNames.EvictionReasons.Capacity : TelemetryNames.EvictionReasons.Size);
        }
    }

    private int ReclaimExpired(long now, int limit)
    {
        var reclaimed = 0;
        while (reclaimed < limit && _capacity.FindExpired(now) is StoredEntry entry)
        {
            // Counted also when somebody else was faster: either way there is one less.
            Expire(entry);
            reclaimed++;
        }

        return reclaimed;
    }

    private void Expire(StoredEntry entry)
    {
        if (Remove(entry))
        {
            _telemetry.Evicted(TelemetryNames.EvictionReasons.Expired);
        }
    }

    /// <summary>Removes an entry, and its partition with the last one.</summary>
    /// <returns>Whether it was there, in this version.</returns>
    private bool Remove(StoredEntry entry)
    {
        var partition = entry.Partition;
        lock (partition.Lock)
        {
            if (!partition.TryRemove(entry))
            {
                return false;
            }

            _capacity.Release(entry);
            if (partition.IsEmpty)
            {
                partition.IsReleased = true;
                _partitions.TryRemove(KeyValuePair.Create(partition.Name, partition));
            }

            return true;
        }
    }
}
