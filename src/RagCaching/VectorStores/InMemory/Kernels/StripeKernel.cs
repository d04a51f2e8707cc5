using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RagCaching.VectorStores.InMemory.Kernels;

/// <summary>Multiplies the codes of eight vectors at a time with the weights of a query.</summary>
/// <remarks>
/// <para>
/// Codes lie in groups of eight vectors and quads of four bytes: <c>[group][quad][vector][4]</c>, so that 32 bytes are one quad of one
/// group. A byte is two codes of 0 to 15, and weights are -127 to 127: the four products of two bytes add up to at most 4 · 15 · 127 = 7,620, and those of four quads to
/// 30,480, which a signed 16-bit number holds. So no instruction saturates and every sum is exact on every machine. The last two bytes of a quad may be codes of eight bits instead, with
/// weights of 16 bits; the codes of four bits then count <see cref="Fineness"/> times.
/// </para>
/// <para>Source of the layout: Kuffó, Krippner and Boncz, "PDX: A Data Layout for Vector Similarity Search", SIGMOD 2025, the 8-bit variant.</para>
/// </remarks>
internal static class StripeKernel
{
    /// <summary>The number of vectors in a group.</summary>
    public const int GroupSize = 8;

    /// <summary>The bytes of one quad of a group.</summary>
    public const int QuadBytes = 32;

    /// <summary>The number of quads whose sums fit 16 bits.</summary>
    public const int BlockQuads = 4;

    /// <summary>The bytes of four quads of a group.</summary>
    public const int BlockBytes = BlockQuads * QuadBytes;

    /// <summary>How many times a product of a code of four bits counts.</summary>
    public const int Fineness = 64;

    /// <summary>Computes the sums of four quads of a group: of the codes of four bits.</summary>
    /// <param name="codes">The codes of the quads.</param>
    /// <param name="low">The weights of the lower halves of the bytes, as many as there are codes: those of a quad are the same for each vector.</param>
    /// <param name="high">The same of the upper halves.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Block(ref byte codes, ref sbyte low, ref sbyte high)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
        {
            var sums = TwoQuads(ref codes, ref low, ref high)
                + TwoQuads(ref Unsafe.Add(ref codes, 2 * QuadBytes), ref Unsafe.Add(ref low, 2 * QuadBytes), ref Unsafe.Add(ref high, 2 * QuadBytes));
            var wide = Avx512BW.MultiplyAddAdjacent(sums, Vector512.Create((short)Fineness));
            return wide.GetLower() + wide.GetUpper();
        }

        return Widen(
            Quad(ref codes, ref low, ref high, 0) + Quad(ref codes, ref low, ref high, QuadBytes)
            + (Quad(ref codes, ref low, ref high, 2 * QuadBytes) + Quad(ref codes, ref low, ref high, 3 * QuadBytes)));
    }

    /// <summary>Computes the sums of the last two bytes of a quad.</summary>
    /// <param name="codes">The codes of the quad.</param>
    /// <param name="weights">The two weights, each of 16 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Bytes(ref byte codes, int weights) => Avx2.IsSupported ? BytesAvx2(ref codes, weights) : BytesPortable(ref codes, weights);

    /// <summary>Tells which sums of a group reach a limit.</summary>
    /// <returns>Bit <c>i</c> for vector <c>i</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Vector256<int> sums, int limit) => Vector256.GreaterThanOrEqual(sums, Vector256.Create(limit)).ExtractMostSignificantBits();

    /// <summary>As <see cref="Block"/>, for machines without AVX2 and as the reference of the tests.</summary>
    internal static Vector256<int> BlockPortable(ref byte codes, ref sbyte low, ref sbyte high)
    {
        var sums = Vector256<short>.Zero;
        for (nuint start = 0; start < BlockBytes; start += QuadBytes)
        {
            sums += QuadPortable(ref codes, ref low, ref high, start);
        }

        return WidenPortable(sums);
    }

    /// <summary>As <see cref="Bytes"/>, for machines without AVX2 and as the reference of the tests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> BytesPortable(ref byte codes, int weights)
    {
        var lanes = Vector256.LoadUnsafe(ref codes).AsInt32();
        return (((lanes >>> 16) & Vector256.Create(0xFF)) * (short)weights) + ((lanes >>> 24) * (weights >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> TwoQuads(ref byte codes, ref sbyte low, ref sbyte high)
    {
        var both = Vector512.LoadUnsafe(ref codes);
        var half = Vector512.Create((byte)0x0F);
        return Avx512BW.MultiplyAddAdjacent(both & half, Vector512.LoadUnsafe(ref low))
            + Avx512BW.MultiplyAddAdjacent((both.AsUInt16() >>> 4).AsByte() & half, Vector512.LoadUnsafe(ref high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Quad(ref byte codes, ref sbyte low, ref sbyte high, nuint start) =>
        Avx2.IsSupported ? QuadAvx2(ref codes, ref low, ref high, start) : QuadPortable(ref codes, ref low, ref high, start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> QuadAvx2(ref byte codes, ref sbyte low, ref sbyte high, nuint start)
    {
        var both = Vector256.LoadUnsafe(ref codes, start);
        var half = Vector256.Create((byte)0x0F);
        return Avx2.MultiplyAddAdjacent(both & half, Vector256.LoadUnsafe(ref low, start))
            + Avx2.MultiplyAddAdjacent((both.AsUInt16() >>> 4).AsByte() & half, Vector256.LoadUnsafe(ref high, start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> QuadPortable(ref byte codes, ref sbyte low, ref sbyte high, nuint start) => Vector256.Create(
        HalfPortable(ref codes, ref low, ref high, start), HalfPortable(ref codes, ref low, ref high, start + (QuadBytes / 2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> BytesAvx2(ref byte codes, int weights)
    {
        // The third and the fourth byte of every vector, each as a number of 16 bits.
        var places = Vector256.Create(0x80038002, 0x80078006, 0x800B800A, 0x800F800E, 0x80038002, 0x80078006, 0x800B800A, 0x800F800E).AsByte();
        return Avx2.MultiplyAddAdjacent(Avx2.Shuffle(Vector256.LoadUnsafe(ref codes), places).AsInt16(), Vector256.Create(weights).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector256<short> sums) =>
        Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(sums, Vector256.Create((short)Fineness)) : WidenPortable(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> WidenPortable(Vector256<short> sums) => ((sums.AsInt32() << 16 >> 16) + (sums.AsInt32() >> 16)) * Fineness;

    // Two bytes of a vector are one 16-bit lane of four codes: each is shifted down, and every weight up and down for its sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> HalfPortable(ref byte codes, ref sbyte low, ref sbyte high, nuint start)
    {
        var lanes = Vector128.LoadUnsafe(ref codes, start).AsInt16();
        var half = Vector128.Create((short)0x0F);
        var (lows, highs) = (Vector128.LoadUnsafe(ref low, start).AsInt16(), Vector128.LoadUnsafe(ref high, start).AsInt16());
        return ((lanes & half) * (lows << 8 >> 8))
            + (((lanes >>> 4) & half) * (highs << 8 >> 8))
            + (((lanes >>> 8) & half) * (lows >> 8))
            + ((lanes >>> 12) * (highs >> 8));
    }
}
