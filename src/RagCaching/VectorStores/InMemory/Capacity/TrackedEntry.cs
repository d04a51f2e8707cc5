namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>What the bounds of the store have to know of an entry: how large it is, whose, until when it is valid and whether anybody uses it.</summary>
/// <remarks>Links, heap index, size and share belong to <see cref="StoreCapacity"/> and its lock; the mark belongs to everybody.</remarks>
/// <param name="deadline">The timestamp at which it expires.</param>
/// <param name="size">Its size in bytes.</param>
internal abstract class TrackedEntry(long deadline, long size)
{
    /// <summary>
    /// One or zero. Two bytes, because the runtime then puts the narrow field of the derived class behind it; behind a single byte it would begin eight
    /// new bytes, and there may be millions of entries.
    /// </summary>
    private ushort _used;

    public long Deadline { get; } = deadline;

    /// <summary>Gets a value indicating whether the entry stays until it is removed or replaced.</summary>
    public bool IsPermanent => Deadline == ExpiryClock.Never;

    /// <summary>Gets or sets the size in bytes.</summary>
    public long Size { get; set; } = size;

    /// <summary>Gets the owner, once the entry is counted.</summary>
    public string? Owner => Share?.Owner;

    /// <summary>Gets or sets what its owner has in the store; <see langword="null"/> for an entry of nobody in particular.</summary>
    public OwnerShare? Share { get; set; }

    public TrackedEntry? Newer { get; set; }

    public TrackedEntry? Older { get; set; }

    public int HeapIndex { get; set; }

    /// <summary>Gets a value indicating whether somebody wanted the entry since the eviction last came by.</summary>
    public bool IsUsed => Volatile.Read(ref _used) != 0;

    /// <summary>Marks the entry as wanted; needs no lock, and no write where the mark is there already.</summary>
    public void MarkUsed()
    {
        if (!IsUsed)
        {
            Volatile.Write(ref _used, 1);
        }
    }

    public void ClearUsed() => Volatile.Write(ref _used, 0);
}
