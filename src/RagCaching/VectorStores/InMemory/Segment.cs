namespace RagCaching.VectorStores;

/// <summary>A block of rows of one partition, one row per slot, that never moves.</summary>
/// <remarks>
/// <para>
/// Structure of arrays: the rows lie one after the other, padded to whole steps of <see cref="DotKernel"/>; beside them lies one
/// reference per slot, which says whose row it is. A further array per slot can be added without touching these two.
/// </para>
/// <para>
/// One writer at a time (the partition's lock), any number of readers without a lock. The reference is the row's version: it is
/// taken away before the row is overwritten and a new instance is put in after it, so a reader that finds the same instance before
/// and after it read the row has read that instance's row and no mixture.
/// </para>
/// </remarks>
internal sealed class Segment
{
    private readonly float[] _rows;
    private readonly StoredEntry?[] _entries;
    private readonly int _start;
    private readonly int _stride;
    private int _filled;

    public Segment(int dimensions, int slots)
    {
        Dimensions = dimensions;
        _stride = DotKernel.PaddedLength(dimensions);
        _entries = new StoredEntry?[slots];
        _rows = AlignedRows.Allocate(checked(_stride * slots), out _start);
    }

    public int Dimensions { get; }

    public int Slots => _entries.Length;

    public bool IsFull => _filled == _entries.Length;

    /// <summary>Fills the next slot that was never filled.</summary>
    public void Append(StoredEntry entry, ReadOnlySpan<float> vector, double length)
    {
        var slot = _filled;
        Publish(slot, entry, vector, length);
        Volatile.Write(ref _filled, slot + 1);
    }

    /// <summary>Fills a slot that was emptied.</summary>
    public void Publish(int slot, StoredEntry entry, ReadOnlySpan<float> vector, double length)
    {
        // Whoever sees a component of the new row must also see that the slot was emptied before.
        Volatile.WriteBarrier();
        UnitVector.Write(vector, length, Row(slot));
        entry.PlaceAt(this, slot);
        Volatile.Write(ref _entries[slot], entry);
    }

    /// <summary>Overwrites the row of a live entry; searches wait for the row instead of missing both versions.</summary>
    public void Replace(int slot, StoredEntry entry, ReadOnlySpan<float> vector, double length)
    {
        Volatile.Write(ref _entries[slot], StoredEntry.BeingWritten);
        Publish(slot, entry, vector, length);
    }

    /// <summary>Empties a slot.</summary>
    public void Empty(int slot) => Volatile.Write(ref _entries[slot], null);

    /// <summary>Takes over a row of another segment into the next slot that was never filled.</summary>
    public void AppendFrom(Segment source, int sourceSlot)
    {
        var entry = source._entries[sourceSlot]!;
        var slot = _filled;
        source.Row(sourceSlot).CopyTo(Row(slot));
        Volatile.Write(ref _entries[slot], entry);
        entry.PlaceAt(this, slot);
        Volatile.Write(ref _filled, slot + 1);
    }

    /// <summary>Gets the entry of a slot, for the writer.</summary>
    public StoredEntry? EntryAt(int slot) => _entries[slot];

    /// <summary>Copies a row if it is, before and after, the given entry's.</summary>
    public bool TryCopyRow(int slot, StoredEntry entry, out float[] row)
    {
        row = [];
        if ((uint)slot >= (uint)_entries.Length || !ReferenceEquals(Volatile.Read(ref _entries[slot]), entry))
        {
            return false;
        }

        var copy = Row(slot)[..Dimensions].ToArray();
        Volatile.ReadBarrier();
        if (!ReferenceEquals(Volatile.Read(ref _entries[slot]), entry))
        {
            return false;
        }

        row = copy;
        return true;
    }

    /// <summary>Offers every valid entry at or above the floor of the matches.</summary>
    /// <param name="query">A unit vector in whole steps.</param>
    /// <param name="now">The timestamp at which entries must be valid.</param>
    /// <param name="matches">Collects the nearest ones.</param>
    public void Scan(ReadOnlySpan<float> query, long now, ref NearestMatches matches)
    {
        var filled = Volatile.Read(ref _filled);
        for (var slot = 0; slot < filled; slot++)
        {
            var entry = ScoreSlot(slot, query, out var similarity);

            // The entry itself is only looked at when its row is near enough, which keeps a miss at the speed of reading the rows.
            if (entry is not null && similarity >= matches.Floor && entry.Deadline > now)
            {
                matches.Offer(entry, similarity);
            }
        }
    }

    private StoredEntry? ScoreSlot(int slot, ReadOnlySpan<float> query, out float similarity)
    {
        var spinner = default(SpinWait);
        while (true)
        {
            var entry = Volatile.Read(ref _entries[slot]);
            if (entry is null)
            {
                similarity = 0;
                return null;
            }

            similarity = DotKernel.Dot(query, Row(slot));
            Volatile.ReadBarrier();
            if (ReferenceEquals(entry, Volatile.Read(ref _entries[slot])) && !ReferenceEquals(entry, StoredEntry.BeingWritten))
            {
                return entry;
            }

            // The writer is copying one row; sleeping would take a thousand times as long.
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    private Span<float> Row(int slot) => _rows.AsSpan(_start + (slot * _stride), _stride);
}
