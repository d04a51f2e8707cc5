using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>One entry as the in-memory store keeps it: what was given, except the vector, which is a row of a segment.</summary>
/// <remarks>
/// An entry that is replaced gets a new instance, so the instance also is the version of the row it owns. The row's place
/// belongs to the partition's lock and is checked by readers. There may be millions, so fields are as narrow as what they hold.
/// </remarks>
internal sealed partial class StoredEntry : TrackedEntry
{
    /// <summary>Stands in a slot while the row of a live entry is being overwritten.</summary>
    public static readonly StoredEntry BeingWritten = new();

    private Segment? _segment;
    private ushort _slot;

    /// <summary>Creates a stored form.</summary>
    /// <param name="partition">The partition that owns it.</param>
    /// <param name="entry">The entry as it came; its vector is not kept.</param>
    /// <param name="ordinal">Its place in the order in which the partition's entries were first added.</param>
    /// <param name="deadline">The timestamp at which it expires.</param>
    public StoredEntry(PartitionIndex partition, VectorEntry entry, long ordinal, long deadline)
        : base(deadline, EntrySize.Of(entry))
    {
        Partition = partition;
        Id = entry.Id;
        _labels = entry.Labels;
        _metadata = CompactMemory.Pack(entry.Metadata);
        _payload = CompactMemory.Pack(entry.Payload);
        _createdAt = entry.CreatedAt.UtcTicks;
        _expiresAt = entry.ExpiresAt.UtcTicks;
        Ordinal = ordinal;
    }

    private StoredEntry()
        : base(deadline: 0, size: 0)
    {
        Partition = null!;
        Id = null!;
        _labels = [];
    }

    public PartitionIndex Partition { get; }

    public long Ordinal { get; }

    /// <summary>Gets the segment that holds the row, or <see langword="null"/> for an entry without a vector.</summary>
    public Segment? Segment => Volatile.Read(ref _segment);

    public int Slot => Volatile.Read(ref _slot);

    /// <summary>Tells where the row is; the slot must hold this entry already.</summary>
    public void PlaceAt(Segment segment, int slot)
    {
        Volatile.Write(ref _slot, checked((ushort)slot));
        Volatile.Write(ref _segment, segment);
    }

    /// <summary>Copies the vector out of its row.</summary>
    /// <param name="vector">The vector, or nothing for an entry without one.</param>
    /// <returns>Whether the copy is this entry's; if not, the entry was replaced, moved or removed meanwhile.</returns>
    public bool TryCopyVector(out ReadOnlyMemory<float> vector)
    {
        vector = default;
        if (Segment is not { } segment)
        {
            return true;
        }

        // While the row moves, the slot may not belong to the segment; then the slot does not hold this entry, which the copy checks.
        if (!segment.TryCopyRow(Slot, this, out var row))
        {
            return false;
        }

        vector = row;
        return true;
    }
}
