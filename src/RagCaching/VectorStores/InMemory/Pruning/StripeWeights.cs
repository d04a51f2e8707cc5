using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The weights of a query for the codes of the stripes, as the kernel wants them.</summary>
/// <remarks>A scratch object, like its owner <see cref="SketchQuery"/>.</remarks>
internal sealed class StripeWeights
{
    private const int SpreadBytes = SketchLayout.StripesBytes * StripeKernel.GroupSize;

    private readonly sbyte[] _low = new sbyte[SketchLayout.StripesBytes];
    private readonly sbyte[] _high = new sbyte[SketchLayout.StripesBytes];
    private readonly sbyte[] _spread;
    private readonly int _start;
    private readonly short[] _rests = new short[SketchLayout.Stripes];
    private short _first;

    /// <summary>Starts without weights.</summary>
    public StripeWeights() => _spread = AlignedMemory.AllocatePinned<sbyte>(2 * SpreadBytes, out _start);

    /// <summary>Gets the weights of the lower halves of a stripe's bytes, from which those of the next stripe follow; the four of a quad are repeated for each vector of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref sbyte LowAt(int stage) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_spread), _start + (stage * StripeKernel.BlockBytes));

    /// <summary>Gets the weights of the upper halves of a stripe's bytes, as <see cref="LowAt"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref sbyte HighAt(int stage) => ref Unsafe.Add(ref LowAt(stage), SpreadBytes);

    /// <summary>Sets the weight of axis 0.</summary>
    public void SetFirst(short weight) => _first = weight;

    /// <summary>Sets the weight of another axis.</summary>
    public void Set(int axis, sbyte weight)
    {
        var place = SketchLayout.NibbleOf(axis, out var isHigh);
        (isHigh ? _high : _low)[place] = weight;
    }

    /// <summary>Sets the weight of what is missing after a stage, whose other weights are all set, and repeats them for each vector of a group.</summary>
    public void SetRest(int stage, short weight)
    {
        _rests[stage] = weight;
        var (start, bytes) = (stage * 16, SketchLayout.StripeBytes[stage]);
        Spread(_low.AsSpan(start, bytes), _spread.AsSpan(_start + (start * StripeKernel.GroupSize)));
        Spread(_high.AsSpan(start, bytes), _spread.AsSpan(_start + SpreadBytes + (start * StripeKernel.GroupSize)));
    }

    /// <summary>Gets the weights of the last two bytes of the last quad of a stripe: two numbers of 16 bits.</summary>
    /// <param name="stage">The stripe. Only the first has a byte for axis 0.</param>
    /// <param name="withRest">Whether the stripe is the last one that counts; if not, a later one says what is missing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bytes(int stage, bool withRest) => (stage == 0 ? (ushort)_first : 0) | (withRest ? _rests[stage] << 16 : 0);

    /// <summary>Gets the weight of the rest alone, to take it away again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Rest(int stage) => _rests[stage] << 16;

    /// <summary>Computes the sum of products of one vector's codes, where the kernel does so for eight at a time.</summary>
    /// <param name="codes">The codes of the vector in the stripes up to one.</param>
    /// <param name="stage">The last stripe; its rest counts and those before do not.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Sum(ReadOnlySpan<byte> codes, int stage)
    {
        var sum = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            sum += ((codes[i] & 15) * _low[i]) + ((codes[i] >> 4) * _high[i]);
        }

        return (sum * WeightScale.Fineness) + (codes[SketchLayout.FirstAxisByte] * _first) + (codes[^1] * _rests[stage]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(ReadOnlySpan<sbyte> weights, Span<sbyte> groups)
    {
        foreach (var quad in MemoryMarshal.Cast<sbyte, int>(weights))
        {
            Vector256.Create(quad).AsSByte().CopyTo(groups);
            groups = groups[StripeKernel.QuadBytes..];
        }
    }
}
