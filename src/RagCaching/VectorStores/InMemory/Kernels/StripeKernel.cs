using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RagCaching.VectorStores.InMemory.Kernels;

/// <summary>Multiplies the codes of eight vectors at a time with the weights of a query.</summary>
/// <remarks>
/// <para>
/// Codes lie in groups of eight vectors and quads of four axes: <c>[group][quad][vector][4]</c>, so that 32 bytes are one quad of one
/// group. Codes are 0 to 127 and weights -127 to 127: the sum of two products is at most 2 · 127 · 127 = 32,258, which a signed 16-bit number
/// holds, so the instruction that adds such pairs never saturates and every sum is exact on every machine.
/// </para>
/// <para>Source of the layout: Kuffó, Krippner and Boncz, "PDX: A Data Layout for Vector Similarity Search", SIGMOD 2025, the 8-bit variant.</para>
/// </remarks>
internal static class StripeKernel
{
    /// <summary>The number of vectors in a group.</summary>
    public const int GroupSize = 8;

    /// <summary>The bytes of one quad of a group.</summary>
    public const int QuadBytes = 32;

    /// <summary>Adds the products of one quad to the sums of a group.</summary>
    /// <param name="sums">Eight sums.</param>
    /// <param name="codes">The 32 codes of the quad.</param>
    /// <param name="weights">The four weights, one to a byte as they lie in memory, for each vector the same.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, ref byte codes, Vector256<int> weights) =>
        Avx2.IsSupported ? sums + QuadAvx2(Vector256.LoadUnsafe(ref codes), weights) : sums + QuadPortable(ref codes, weights);

    /// <summary>Takes the products of one quad from the sums of a group.</summary>
    /// <inheritdoc cref="Add"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Subtract(Vector256<int> sums, ref byte codes, Vector256<int> weights) =>
        Avx2.IsSupported ? sums - QuadAvx2(Vector256.LoadUnsafe(ref codes), weights) : sums - QuadPortable(ref codes, weights);

    /// <summary>Tells which sums of a group reach a limit.</summary>
    /// <returns>Bit <c>i</c> for vector <c>i</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Vector256<int> sums, int limit) => Vector256.GreaterThanOrEqual(sums, Vector256.Create(limit)).ExtractMostSignificantBits();

    /// <summary>The products of a quad, for machines without AVX2 and as the reference of the tests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> QuadPortable(ref byte codes, Vector256<int> weights) =>
        Vector256.Create(HalfPortable(ref codes, weights.GetLower()), HalfPortable(ref Unsafe.Add(ref codes, QuadBytes / 2), weights.GetLower()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> QuadAvx2(Vector256<byte> codes, Vector256<int> weights) =>
        Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(codes, weights.AsSByte()), Vector256<short>.One);

    // Each vector's four codes are one 32-bit lane: every byte of it is shifted down, and every weight up and down for its sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> HalfPortable(ref byte codes, Vector128<int> weights)
    {
        var lanes = Vector128.LoadUnsafe(ref codes).AsInt32();
        var low = Vector128.Create(0xFF);
        return ((lanes & low) * (weights << 24 >> 24))
            + (((lanes >>> 8) & low) * (weights << 16 >> 24))
            + (((lanes >>> 16) & low) * (weights << 8 >> 24))
            + ((lanes >>> 24) * (weights >> 24));
    }
}
