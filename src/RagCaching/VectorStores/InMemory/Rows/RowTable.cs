using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>The rows of one partition: a growing list of segments, reuse of emptied slots, and moving together when few are left.</summary>
/// <remarks>
/// Writes under the partition's lock; readers take <see cref="Segments"/> once and scan what they took. Segments start small, so that
/// ten thousand small partitions are cheap, and double up to a constant size, so that growing never copies a row. When fewer than a
/// quarter of the slots are filled, the rows move to new segments: rows never take more than four times the memory of what they hold,
/// and a reader of the old segments still sees the partition as it was when the reader began.
/// </remarks>
internal sealed class RowTable
{
    internal const int FirstSegmentSlots = 4;
    internal const int LargestSegmentSlots = 4096;

    private readonly Stack<(Segment Segment, int Slot)> _emptied = new();
    private Segment[] _segments = [];
    private int _slots;

    /// <summary>Gets the segments; the array never changes and nobody may change it, the list of them is replaced by a new array.</summary>
    public Segment[] Segments => Volatile.Read(ref _segments);

    /// <summary>Gets the number of dimensions, or 0 while there is no row.</summary>
    public int Dimensions => Segments is [var first, ..] ? first.Dimensions : 0;

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Allocates whatever the next <see cref="Add"/> needs, so that it cannot fail.</summary>
    /// <param name="dimensions">The number of dimensions of the row.</param>
    /// <param name="encoding">The encoding for the sketches of new segments, if they are to have any.</param>
    /// <param name="withScalarCodes">Whether new segments are to have scalar codes.</param>
    public void Reserve(int dimensions, SketchEncoding? encoding, bool withScalarCodes)
    {
        if (_emptied.Count == 0 && (_segments.Length == 0 || _segments[^1].IsFull))
        {
            var segment = new Segment(dimensions, Math.Clamp(_slots, FirstSegmentSlots, LargestSegmentSlots));
            segment.Codes.Start(encoding, withScalarCodes);
            Volatile.Write(ref _segments, [.. _segments, segment]);
            _slots += segment.Slots;
        }
    }

    /// <summary>Gives an entry the row that was reserved.</summary>
    public void Add(StoredEntry entry, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        if (_emptied.TryPop(out var place))
        {
            place.Segment.Refill(place.Slot, entry, row, scratch);
        }
        else
        {
            _segments[^1].Append(entry, row, scratch);
        }

        Count++;
    }

    /// <summary>Takes an entry's row away.</summary>
    /// <returns>Whether the rows were moved to new segments, which have no codes yet.</returns>
    public bool Remove(StoredEntry entry)
    {
        var segment = entry.Segment!;
        segment.Empty(entry.Slot);
        _emptied.Push((segment, entry.Slot));
        Count--;
        if (Count > 0 && (_slots <= FirstSegmentSlots || Count >= _slots / 4))
        {
            return false;
        }

        MoveTogether();
        return true;
    }

    /// <summary>Moves the rows into one segment if they fit one; it has no codes yet.</summary>
    public void JoinSmallSegments()
    {
        if (_segments.Length > 1 && Count is > 0 and <= LargestSegmentSlots)
        {
            MoveTogether();
        }
    }

    private void MoveTogether()
    {
        var moved = new List<Segment>();
        _slots = 0;
        foreach (var source in _segments)
        {
            for (var slot = 0; slot < source.Slots; slot++)
            {
                if (source.EntryAt(slot) is null)
                {
                    continue;
                }

                if (moved.Count == 0 || moved[^1].IsFull)
                {
                    moved.Add(new Segment(source.Dimensions, Math.Clamp(Count - _slots, FirstSegmentSlots, LargestSegmentSlots)));
                    _slots += moved[^1].Slots;
                }

                moved[^1].AppendFrom(source, slot);
            }
        }

        _emptied.Clear();
        _emptied.TrimExcess();
        Volatile.Write(ref _segments, [.. moved]);
    }
}
