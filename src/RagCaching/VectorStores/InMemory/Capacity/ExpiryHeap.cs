namespace RagCaching.VectorStores.InMemory.Capacity;

/// <summary>Orders entries by deadline: a binary heap in which every entry knows its place and so can leave from the middle.</summary>
/// <remarks>O(log n) to add and remove, O(1) where deadlines come in order, as with one time to live. Not thread-safe.</remarks>
internal sealed class ExpiryHeap
{
    private readonly List<TrackedEntry> _heap = [];

    /// <summary>Gets the entry with the earliest deadline.</summary>
    public TrackedEntry? First => _heap.Count == 0 ? null : _heap[0];

    public void Add(TrackedEntry entry)
    {
        _heap.Add(entry);
        Lift(entry, _heap.Count - 1);
    }

    public void Remove(TrackedEntry entry)
    {
        var hole = entry.HeapIndex;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (ReferenceEquals(last, entry))
        {
            return;
        }

        // The last entry fills the hole; it may belong above or below it.
        Lift(last, hole);
        Lower(last, last.HeapIndex);
    }

    private void Lift(TrackedEntry entry, int index)
    {
        while (index > 0)
        {
            var parent = _heap[(index - 1) / 2];
            if (parent.Deadline <= entry.Deadline)
            {
                break;
            }

            Put(parent, index);
            index = (index - 1) / 2;
        }

        Put(entry, index);
    }

    private void Lower(TrackedEntry entry, int index)
    {
        while ((2 * index) + 1 < _heap.Count)
        {
            var child = (2 * index) + 1;
            if (child + 1 < _heap.Count && _heap[child + 1].Deadline < _heap[child].Deadline)
            {
                child++;
            }

            if (entry.Deadline <= _heap[child].Deadline)
            {
                break;
            }

            Put(_heap[child], index);
            index = child;
        }

        Put(entry, index);
    }

    private void Put(TrackedEntry entry, int index)
    {
        _heap[index] = entry;
        entry.HeapIndex = index;
    }
}
