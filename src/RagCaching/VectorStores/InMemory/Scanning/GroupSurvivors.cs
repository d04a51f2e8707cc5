using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>The groups of a segment that a stage could not rule out, with the sums they have come to.</summary>
/// <remarks>
/// Adding never branches: the next place is always written, and kept by counting it. So there is one place more than there are groups.
/// </remarks>
internal sealed class GroupSurvivors
{
    private const int Capacity = (RowTable.LargestSegmentSlots / StripeKernel.GroupSize) + 1;

    private readonly int[] _sums = new int[Capacity * StripeKernel.GroupSize];
    private readonly int[] _groups = new int[Capacity];
    private readonly uint[] _masks = new uint[Capacity];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Adds a group, unless nothing of it is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int group, uint mask, Vector256<int> sums)
    {
        var count = Count;
        sums.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_sums), (nuint)(count * StripeKernel.GroupSize));
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_groups), count) = group;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_masks), count) = mask;
        Count = count + (mask != 0 ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GroupAt(int index) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_groups), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint MaskAt(int index) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_masks), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> SumsAt(int index) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_sums), (nuint)(index * StripeKernel.GroupSize));
}
