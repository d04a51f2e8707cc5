using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The slots of a segment whose vectors are outside of the encoding's ranges.</summary>
/// <remarks>
/// Written under the partition's lock, before the slot's entry is published; read without a lock. What was once an outlier keeps its place in
/// the list, and a bit says whether it still is one: so nothing moves, and a reader misses no outlier but one that is being written.
/// </remarks>
/// <param name="slots">The slots of the segment.</param>
/// <param name="stages">How many stages codes have.</param>
internal sealed class CodeOutliers(int slots, int stages)
{
    private const int BitsPerWord = 64;
    private const int FirstCapacity = 4;

    private readonly ulong[] _bits = new ulong[(slots + BitsPerWord - 1) / BitsPerWord];
    private CodeOutlier[] _items = [];
    private int _count;

    /// <summary>Gets those that were outliers once; <see cref="Contains"/> tells whether they still are.</summary>
    public ReadOnlySpan<CodeOutlier> Items
    {
        get
        {
            // In this order, since a longer array is there before it is counted on.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _items).AsSpan(0, count);
        }
    }

    /// <summary>Asks for the memory that <see cref="Items"/> and <see cref="Contains"/> read.</summary>
    public void PrefetchObjects()
    {
        Prefetch.Object(_items);
        Prefetch.Object(_bits);
    }

    /// <summary>Tells whether the vector of a slot is an outlier.</summary>
    public bool Contains(int slot) => (Volatile.Read(ref _bits[slot / BitsPerWord]) >> (slot % BitsPerWord) & 1) != 0;

    /// <summary>Takes note of a vector that is being written.</summary>
    public void Write(int slot, SketchCodes codes)
    {
        if (codes.IsOutlier)
        {
            Put(new CodeOutlier(slot, codes, stages));
        }

        if (Contains(slot) != codes.IsOutlier)
        {
            ref var word = ref _bits[slot / BitsPerWord];
            Volatile.Write(ref word, word ^ (1UL << (slot % BitsPerWord)));
        }
    }

    private void Put(in CodeOutlier outlier)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_items[i].Slot == outlier.Slot)
            {
                _items[i] = outlier;
                return;
            }
        }

        if (_count == _items.Length)
        {
            var larger = new CodeOutlier[Math.Max(FirstCapacity, 2 * _count)];
            _items.CopyTo(larger, 0);
            Volatile.Write(ref _items, larger);
        }

        _items[_count] = outlier;
        Volatile.Write(ref _count, _count + 1);
    }
}
