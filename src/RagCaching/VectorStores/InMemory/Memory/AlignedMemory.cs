using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RagCaching.VectorStores.InMemory.Memory;

/// <summary>Allocates memory for rows and codes so that it begins at a cache line.</summary>
/// <remarks>
/// A 64-byte load that crosses two cache lines takes two accesses, and the runtime aligns arrays to 8 bytes only. Alignment needs an
/// array that stays where it is; small ones are left movable, because pinned ones would fragment the heap of thousands of partitions.
/// </remarks>
internal static class AlignedMemory
{
    private const int LineBytes = 64;

    /// <summary>From this size on the runtime keeps arrays out of the compacted heap anyway.</summary>
    private const int PinnedBytes = 85_000;

    /// <summary>Allocates memory that is not cleared.</summary>
    /// <typeparam name="T">A number type.</typeparam>
    /// <param name="length">How many numbers.</param>
    /// <param name="start">Where in the array the memory begins.</param>
    public static T[] Allocate<T>(int length, out int start)
        where T : unmanaged
    {
        if ((long)length * Unsafe.SizeOf<T>() < PinnedBytes)
        {
            start = 0;
            return GC.AllocateUninitializedArray<T>(length);
        }

        return AllocatePinned<T>(length, out start);
    }

    /// <summary>Allocates memory of any size that begins at a cache line and is not cleared, for what there are only a few of.</summary>
    /// <inheritdoc cref="Allocate"/>
    public static T[] AllocatePinned<T>(int length, out int start)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        var memory = GC.AllocateUninitializedArray<T>(checked(length + (LineBytes / size)), pinned: true);
        var beyondLine = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) % LineBytes);
        start = (LineBytes - beyondLine) % LineBytes / size;
        return memory;
    }
}
