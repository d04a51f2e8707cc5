namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>Chooses which entry to evict: the SIEVE policy over all partitions.</summary>
/// <remarks>
/// <para>
/// Entries stand in the order in which they were written. A hand walks from the oldest to the newest and around; an entry that was
/// used since the hand last passed is spared and its mark taken, the first without a mark is evicted. A hit only sets a mark, so hits
/// need no lock, unlike with a least-recently-used list; and what is never asked for again leaves within one round.
/// One order over all partitions means that no partition is spared or hit for its size: what counts is whether an entry is used.
/// </para>
/// <para>
/// Source: Zhang et al., "SIEVE is Simpler than LRU: an Efficient Turn-Key Eviction Algorithm for Web Caches", NSDI 2024.
/// Not thread-safe, except for the marks.
/// </para>
/// </remarks>
internal sealed class SieveQueue
{
    /// <summary>
    /// How far a search for a victim of one owner goes. An owner is only searched for when it has a good part of all entries, so one of
    /// its entries is never far.
    /// </summary>
    private const int StepsForOwner = 1_024;

    private TrackedEntry? _newest;
    private TrackedEntry? _oldest;
    private TrackedEntry? _hand;
    private int _count;

    /// <summary>Adds an entry as the newest.</summary>
    public void Add(TrackedEntry entry)
    {
        entry.Older = _newest;
        if (_newest is null)
        {
            _oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
        _count++;
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(TrackedEntry entry)
    {
        if (ReferenceEquals(_hand, entry))
        {
            _hand = entry.Newer;
        }

        if (entry.Share is { } share && ReferenceEquals(share.Hand, entry))
        {
            share.Hand = entry.Newer;
        }

        if (entry.Newer is null)
        {
            _newest = entry.Older;
        }
        else
        {
            entry.Newer.Older = entry.Older;
        }

        if (entry.Older is null)
        {
            _oldest = entry.Newer;
        }
        else
        {
            entry.Older.Newer = entry.Newer;
        }

        entry.Newer = null;
        entry.Older = null;
        _count--;
    }

    /// <summary>Moves the hand to the next entry to evict and past it.</summary>
    /// <returns>The entry, still in the queue, or <see langword="null"/> when the queue is empty.</returns>
    public TrackedEntry? Next()
    {
        var candidate = _hand ?? _oldest;

        // After one round every mark has been taken; the limit only matters while readers set them again faster than the hand moves.
        for (var steps = _count; steps > 0 && candidate!.IsUsed; steps--)
        {
            candidate.ClearUsed();
            candidate = candidate.Newer ?? _oldest;
        }

        _hand = candidate?.Newer;
        return candidate;
    }

    /// <summary>Finds the next entry of one owner to evict, by the same rules and with a separate hand.</summary>
    /// <returns>The entry, still in the queue, or <see langword="null"/> when none was found near the hand.</returns>
    public TrackedEntry? NextOf(OwnerShare share)
    {
        var candidate = share.Hand ?? _oldest;
        for (var steps = 0; steps < StepsForOwner && candidate is not null; steps++)
        {
            var next = candidate.Newer ?? _oldest;
            if (ReferenceEquals(candidate.Share, share))
            {
                if (!candidate.IsUsed)
                {
                    share.Hand = next;
                    return candidate;
                }

                candidate.ClearUsed();
            }

            candidate = next;
        }

        share.Hand = candidate;
        return null;
    }
}
