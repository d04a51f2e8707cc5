using System.Buffers;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>Keeps the best of the entries that a scan offers.</summary>
/// <remarks>
/// A binary heap with the worst kept match at its root, in pooled memory that is rented when the first match arrives: a miss rents
/// nothing and nothing allocates in the long run.
/// </remarks>
internal struct NearestMatches : IDisposable
{
    private const int FirstCapacity = 16;

    private readonly int _limit;
    private readonly float _minimum;
    private (float Similarity, StoredEntry Entry)[] _heap = [];
    private int _count;

    /// <summary>Starts with nothing.</summary>
    /// <param name="limit">The largest number of matches to keep.</param>
    /// <param name="minimum">The lowest similarity to keep.</param>
    public NearestMatches(int limit, float minimum)
    {
        _limit = limit;
        _minimum = minimum;
        Floor = minimum;
    }

    /// <summary>Gets the similarity below which an offer is pointless.</summary>
    public float Floor { get; private set; }

    /// <summary>Gets the same with nothing kept yet, for another scan of the same search.</summary>
    public readonly NearestMatches ForOtherScan() => new(_limit, _minimum);

    /// <summary>Takes note that there are as many matches as are wanted of at least a similarity, kept here or elsewhere.</summary>
    public void RaiseFloor(float similarity) => Floor = Math.Max(Floor, similarity);

    /// <summary>Keeps what is best of another scan's matches.</summary>
    /// <param name="others">Matches of other entries.</param>
    public void OfferAll(in NearestMatches others)
    {
        foreach (var (similarity, entry) in others._heap.AsSpan(0, others._count))
        {
            if (similarity >= Floor)
            {
                Offer(entry, similarity);
            }
        }
    }

    /// <summary>Keeps an entry if it is among the best so far.</summary>
    /// <param name="entry">The entry; offered at most once.</param>
    /// <param name="similarity">At least <see cref="Floor"/>.</param>
    public void Offer(StoredEntry entry, float similarity)
    {
        if (_count < _limit)
        {
            EnsureCapacity();
            _heap[_count++] = (similarity, entry);
            SiftUp(_count - 1);
        }
        else if (IsWorse(_heap[0], (similarity, entry)))
        {
            _heap[0] = (similarity, entry);
            SiftDown(_count);
        }

        if (_count == _limit)
        {
            RaiseFloor(_heap[0].Similarity);
        }
    }

    /// <summary>Orders what was kept, best first, equal similarities by the order of adding; no further offers may follow.</summary>
    public readonly ReadOnlySpan<(float Similarity, StoredEntry Entry)> Sort()
    {
        for (var last = _count - 1; last > 0; last--)
        {
            (_heap[0], _heap[last]) = (_heap[last], _heap[0]);
            SiftDown(last);
        }

        return _heap.AsSpan(0, _count);
    }

    /// <summary>Forgets what was kept.</summary>
    public void Clear()
    {
        _heap.AsSpan(0, _count).Clear();
        _count = 0;
        Floor = _minimum;
    }

    public void Dispose()
    {
        Clear();
        Return(_heap);
        _heap = [];
    }

    private static void Return((float, StoredEntry)[] heap)
    {
        if (heap.Length > 0)
        {
            ArrayPool<(float, StoredEntry)>.Shared.Return(heap);
        }
    }

    private static bool IsWorse((float Similarity, StoredEntry Entry) x, (float Similarity, StoredEntry Entry) y) =>
        x.Similarity < y.Similarity || (x.Similarity == y.Similarity && x.Entry.Ordinal > y.Entry.Ordinal);

    private void EnsureCapacity()
    {
        if (_count < _heap.Length)
        {
            return;
        }

        var larger = ArrayPool<(float, StoredEntry)>.Shared.Rent(Math.Max(FirstCapacity, _count * 2));
        _heap.AsSpan(0, _count).CopyTo(larger);
        _heap.AsSpan(0, _count).Clear();
        Return(_heap);
        _heap = larger;
    }

    private readonly void SiftUp(int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsWorse(_heap[index], _heap[parent]))
            {
                return;
            }

            (_heap[index], _heap[parent]) = (_heap[parent], _heap[index]);
            index = parent;
        }
    }

    private readonly void SiftDown(int count)
    {
        var index = 0;
        while (true)
        {
            var worst = index;
            for (var child = (2 * index) + 1; child < Math.Min((2 * index) + 3, count); child++)
            {
                if (IsWorse(_heap[child], _heap[worst]))
                {
                    worst = child;
                }
            }

            if (worst == index)
            {
                return;
            }

            (_heap[index], _heap[worst]) = (_heap[worst], _heap[index]);
            index = worst;
        }
    }
}
