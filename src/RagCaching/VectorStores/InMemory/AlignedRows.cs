using System.Runtime.InteropServices;

namespace RagCaching.VectorStores;

/// <summary>Allocates memory for rows so that they begin at a cache line.</summary>
/// <remarks>
/// A 64-byte load that crosses two cache lines takes two accesses, and the runtime aligns arrays to 8 bytes only. Alignment needs an
/// array that stays where it is; small ones are left movable, because pinned ones would fragment the heap of thousands of partitions.
/// </remarks>
internal static class AlignedRows
{
    private const int LineBytes = 64;

    /// <summary>From this size on the runtime keeps arrays out of the compacted heap anyway.</summary>
    private const int PinnedBytes = 85_000;

    /// <summary>Allocates memory that is not cleared.</summary>
    /// <param name="length">The number of components of all rows together.</param>
    /// <param name="start">Where in the array the first row begins.</param>
    public static float[] Allocate(int length, out int start)
    {
        if ((long)length * sizeof(float) < PinnedBytes)
        {
            start = 0;
            return GC.AllocateUninitializedArray<float>(length);
        }

        var rows = GC.AllocateUninitializedArray<float>(checked(length + (LineBytes / sizeof(float))), pinned: true);
        var beyondLine = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(rows, 0) % LineBytes);
        start = (LineBytes - beyondLine) % LineBytes / sizeof(float);
        return rows;
    }
}
