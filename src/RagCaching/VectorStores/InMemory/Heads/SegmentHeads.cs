using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RagCaching.VectorStores;

/// <summary>The codes of one segment's rows under one encoding.</summary>
/// <remarks>
/// One block of memory: the three stripes, each in groups of eight slots as <see cref="StripeKernel"/> wants them, then stage 4 row by row.
/// Written under the partition's lock, before the slot's entry is published; read without a lock. The maxima and the set of exceptions only
/// ever change so that more is looked at, so what is read too early prunes no entry that was there before.
/// </remarks>
internal sealed class SegmentHeads
{
    /// <summary>The bounds of rounding errors are sums of rounded numbers themselves.</summary>
    private const double Margin = 1.00001;

    private const int BitsPerWord = 64;

    private readonly byte[] _codes;
    private readonly int _start;
    private readonly int _paddedSlots;
    private readonly ulong[] _exceptions;
    private readonly double[] _errors = new double[HeadLayout.Stages];
    private readonly double[] _spreads = new double[HeadLayout.Stages];
    private int _exceptionCount;

    /// <summary>Makes room for the codes of a segment.</summary>
    /// <param name="encoding">What they mean.</param>
    /// <param name="slots">The slots of the segment.</param>
    public SegmentHeads(HeadEncoding encoding, int slots)
    {
        Encoding = encoding;

        // Two groups are looked at together.
        _paddedSlots = (slots + (2 * StripeKernel.GroupSize) - 1) & -(2 * StripeKernel.GroupSize);
        _exceptions = new ulong[(slots + BitsPerWord - 1) / BitsPerWord];

        // Slots that were never written hold no entry, so their codes may be anything.
        _codes = AlignedMemory.Allocate<byte>(checked(_paddedSlots * encoding.Layout.BytesPerVector), out _start);
    }

    public HeadEncoding Encoding { get; }

    /// <summary>Gets the memory taken by the codes in bytes.</summary>
    public long Bytes => _codes.LongLength;

    /// <summary>Gets a value indicating whether the codes of some vectors say nothing about them.</summary>
    public bool HasExceptions => Volatile.Read(ref _exceptionCount) > 0;

    /// <summary>Gets the largest rounding error of a stage.</summary>
    public double ErrorAt(int stage) => Volatile.Read(ref _errors[stage]);

    /// <summary>Gets the largest length of the codes of a stage, relative to the middle code.</summary>
    public double SpreadAt(int stage) => Volatile.Read(ref _spreads[stage]);

    /// <summary>Writes the codes of a row.</summary>
    public void Write(int slot, HeadCodes codes)
    {
        MarkException(slot, codes.IsException);
        if (!codes.IsException)
        {
            RaiseMaxima(codes);
        }

        var place = 0;
        for (var stage = 0; stage < HeadLayout.Stripes; stage++)
        {
            ref var group = ref Unsafe.Add(ref Stripe(stage), slot / StripeKernel.GroupSize * StripeKernel.GroupSize * HeadLayout.StripeBytes[stage]);
            for (var quad = 0; quad < HeadLayout.StripeBytes[stage] / 4; quad++, place += 4)
            {
                var four = MemoryMarshal.Read<int>(codes.Stripes[place..]);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref group, (quad * StripeKernel.QuadBytes) + (slot % StripeKernel.GroupSize * 4)), four);
            }
        }

        codes.Row[..Encoding.Layout.RowBytes].CopyTo(MemoryMarshal.CreateSpan(ref Row(slot), Encoding.Layout.RowBytes));
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
        ref MemoryMarshal.GetArrayDataReference(_codes), _start + (_paddedSlots * HeadLayout.StripesBytes) + (slot * Encoding.Layout.RowBytes));

    /// <summary>Tells whether the codes of a slot say nothing about its vector.</summary>
    public bool IsException(int slot) => (Volatile.Read(ref _exceptions[slot / BitsPerWord]) >> (slot % BitsPerWord) & 1) != 0;

    /// <summary>Finds the next slot whose codes say nothing about its vector.</summary>
    /// <returns>The slot, or -1 if there is none at or after the given one.</returns>
    public int NextException(int slot)
    {
        for (var word = slot / BitsPerWord; word < _exceptions.Length; word++, slot = word * BitsPerWord)
        {
            var bits = Volatile.Read(ref _exceptions[word]) >> (slot % BitsPerWord);
            if (bits != 0)
            {
                return slot + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }

    private void MarkException(int slot, bool isException)
    {
        if (IsException(slot) == isException)
        {
            return;
        }

        ref var word = ref _exceptions[slot / BitsPerWord];
        Volatile.Write(ref word, word ^ (1UL << (slot % BitsPerWord)));
        Volatile.Write(ref _exceptionCount, _exceptionCount + (isException ? 1 : -1));
    }

    private void RaiseMaxima(HeadCodes codes)
    {
        for (var stage = 0; stage < HeadLayout.Stages; stage++)
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
}
