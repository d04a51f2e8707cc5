using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The codes of one segment's rows under one encoding.</summary>
/// <remarks>
/// One block of memory: the three stripes, each in groups of eight slots as <see cref="StripeKernel"/> wants them, then stage 4 row by row.
/// Written under the partition's lock, before the slot's entry is published; read without a lock. The maxima only ever grow, so what is read too
/// early prunes no entry that was there before.
/// </remarks>
internal sealed class SegmentSketches
{
    /// <summary>The bounds of rounding errors are sums of rounded numbers themselves.</summary>
    private const double Margin = 1.00001;

    /// <summary>The neighbouring bytes of a vector that lie together.</summary>
    private const int QuadCodes = 4;

    private readonly byte[] _codes;
    private readonly int _start;
    private readonly int _paddedSlots;
    private StageValues _errors;
    private StageValues _spreads;

    /// <summary>Makes room for the codes of a segment.</summary>
    /// <param name="encoding">What they mean.</param>
    /// <param name="slots">The slots of the segment.</param>
    public SegmentSketches(SketchEncoding encoding, int slots)
    {
        Encoding = encoding;

        // Two groups are looked at together.
        _paddedSlots = (slots + (2 * StripeKernel.GroupSize) - 1) & -(2 * StripeKernel.GroupSize);
        Outliers = new CodeOutliers(slots, encoding.Layout.UsedStages);

        // Slots that were never written hold no entry, so their codes may be anything.
        _codes = AlignedMemory.Allocate<byte>(checked(_paddedSlots * encoding.Layout.BytesPerVector), out _start);
    }

    public SketchEncoding Encoding { get; }

    /// <summary>Gets the vectors that the maxima do not hold for.</summary>
    public CodeOutliers Outliers { get; }

    /// <summary>Gets the largest rounding error of a stage.</summary>
    public double ErrorAt(int stage) => Volatile.Read(ref _errors[stage]);

    /// <summary>Gets the largest norm of the codes of a stage, relative to the middle code.</summary>
    public double SpreadAt(int stage) => Volatile.Read(ref _spreads[stage]);

    /// <summary>Writes the codes of a row.</summary>
    public void Write(int slot, SketchCodes codes)
    {
        Outliers.Write(slot, codes);
        if (!codes.IsOutlier)
        {
            RaiseMaxima(codes);
        }

        var place = 0;
        for (var stage = 0; stage < SketchLayout.Stripes; stage++)
        {
            ref var group = ref Unsafe.Add(ref Stripe(stage), slot / StripeKernel.GroupSize * StripeKernel.GroupSize * SketchLayout.StripeBytes[stage]);
            for (var quad = 0; quad < SketchLayout.StripeBytes[stage] / QuadCodes; quad++, place += QuadCodes)
            {
                var four = MemoryMarshal.Read<int>(codes.Stripes[place..]);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref group, (quad * StripeKernel.QuadBytes) + (slot % StripeKernel.GroupSize * QuadCodes)), four);
            }
        }

        codes.Row[..Encoding.Layout.RowBytes].CopyTo(MemoryMarshal.CreateSpan(ref Row(slot), Encoding.Layout.RowBytes));
    }

    /// <summary>Asks for the memory that leads to the codes, which is far from everything else.</summary>
    public void PrefetchObjects()
    {
        Prefetch.Object(_codes);
        Prefetch.Object(Outliers);
    }

    /// <summary>Asks for the first codes. What <see cref="PrefetchObjects"/> asked for should be there.</summary>
    public void PrefetchCodes()
    {
        Outliers.PrefetchObjects();
        Prefetch.Lines(ref Stripe(0), Math.Min(Prefetch.AheadBytes, _paddedSlots * SketchLayout.StripeBytes[0]));
    }

    /// <summary>Gets the beginning of a stripe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Stripe(int stage)
    {
        // 16, 16 and 32 bytes: a stripe begins after as many bytes per slot as its number of 16-byte parts before it.
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_codes), _start + (_paddedSlots * 16 * stage));
    }

    /// <summary>Gets the codes of stage 4 of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Row(int slot) => ref Unsafe.Add(
        ref MemoryMarshal.GetArrayDataReference(_codes), _start + (_paddedSlots * SketchLayout.StripesBytes) + (slot * Encoding.Layout.RowBytes));

    /// <summary>Computes the sum of products of one slot's codes in the stripes up to one, where the kernel does so for eight at a time.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="stage">The last stripe; its rest counts and those before do not.</param>
    /// <param name="weights">The weights of the stripes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int StripesSum(int slot, int stage, StripeWeights weights)
    {
        Span<byte> codes = stackalloc byte[SketchLayout.StripesBytes];
        var place = 0;
        for (var stripe = 0; stripe <= stage; stripe++)
        {
            var bytes = SketchLayout.StripeBytes[stripe];
            ref var group = ref Unsafe.Add(ref Stripe(stripe), slot / StripeKernel.GroupSize * StripeKernel.GroupSize * bytes);
            for (var quad = 0; quad < bytes / QuadCodes; quad++, place += QuadCodes)
            {
                var four = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref group, (quad * StripeKernel.QuadBytes) + (slot % StripeKernel.GroupSize * QuadCodes)));
                MemoryMarshal.Write(codes[place..], four);
            }
        }

        return weights.Sum(codes[..place], stage);
    }

    private void RaiseMaxima(SketchCodes codes)
    {
        for (var stage = 0; stage < Encoding.Layout.UsedStages; stage++)
        {
            Raise(ref _errors[stage], codes.ErrorAt(stage) * Margin);
            Raise(ref _spreads[stage], codes.SpreadAt(stage) * Margin);
        }
    }

    private static void Raise(ref double maximum, double value)
    {
        if (value > maximum)
        {
            Volatile.Write(ref maximum, value);
        }
    }

    /// <summary>One number for each stage, in the object itself.</summary>
    [InlineArray(SketchLayout.Stages)]
    private struct StageValues
    {
        private double _first;
    }
}
