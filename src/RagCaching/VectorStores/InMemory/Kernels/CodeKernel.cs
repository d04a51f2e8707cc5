using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RagCaching.VectorStores.InMemory.Kernels;

/// <summary>Multiplies one vector's codes with the weights of a query.</summary>
/// <remarks>Codes are 0 to 127 and weights -127 to 127, as in <see cref="StripeKernel"/>; the sum is exact up to 66,000 codes.</remarks>
internal static class CodeKernel
{
    /// <summary>The number of codes that one step takes.</summary>
    public const int Step = 32;

    /// <summary>Computes the sum of the products.</summary>
    /// <param name="codes">The codes, in whole steps.</param>
    /// <param name="weights">As many weights.</param>
    /// <param name="length">How many; a multiple of <see cref="Step"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(ref byte codes, ref sbyte weights, int length) =>
        Avx2.IsSupported ? DotAvx2(ref codes, ref weights, (nuint)length) : DotPortable(ref codes, ref weights, (nuint)length);

    internal static int DotPortable(ref byte codes, ref sbyte weights, nuint length)
    {
        var sums = Vector128<int>.Zero;
        for (nuint i = 0; i < length; i += 16)
        {
            var (codesLow, codesHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref codes, i));
            var (weightsLow, weightsHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref weights, i));

            // A product is at most 127 · 127 and fits 16 bits; the sum of two of them still does, of three it would not.
            var (low, high) = Vector128.Widen((codesLow.AsInt16() * weightsLow) + (codesHigh.AsInt16() * weightsHigh));
            sums += low + high;
        }

        return Vector128.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DotAvx2(ref byte codes, ref sbyte weights, nuint length)
    {
        var sums = Vector256<int>.Zero;
        for (nuint i = 0; i < length; i += Step)
        {
            var pairs = Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref codes, i), Vector256.LoadUnsafe(ref weights, i));
            sums += Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
        }

        return Vector256.Sum(sums);
    }
}
