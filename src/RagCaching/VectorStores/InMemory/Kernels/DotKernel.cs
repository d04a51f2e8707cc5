using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RagCaching.VectorStores.InMemory.Kernels;

/// <summary>Computes the dot product that defines every similarity of the library.</summary>
/// <remarks>
/// <para>
/// Component <c>i</c> is always added to sum <c>i mod 32</c> by one fused multiply-add, and the 32 sums are always added up in the
/// same tree. Whatever the width of the machine's registers, the result has the same bits, so every path that scores a row agrees
/// with every other, and ties are ties everywhere. This is what <see cref="TensorPrimitives.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>,
/// otherwise as fast, does not promise.
/// </para>
/// <para>
/// Vectors come padded with zeros to a multiple of 32 components, so that no path has a tail. For vectors of unit norm the error is at
/// most <c>(d / 32 + 5) · 2⁻²⁴</c>: each component passes <c>d / 32</c> roundings in its sum and five in the tree.
/// </para>
/// </remarks>
internal static class DotKernel
{
    /// <summary>The number of components that one step takes, and of the sums that are kept.</summary>
    public const int Step = 32;

    /// <summary>Rounds a number of components up to whole steps.</summary>
    public static int PaddedLength(int dimensions) => checked(dimensions + (Step - 1)) & ~(Step - 1);

    /// <summary>Computes the dot product of two vectors.</summary>
    /// <param name="x">Components, in whole steps.</param>
    /// <param name="y">As many components.</param>
    /// <exception cref="ArgumentException">The lengths differ or are not whole steps.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length || x.Length % Step != 0)
        {
            throw new ArgumentException($"The vectors have {x.Length} and {y.Length} components; both must have the same multiple of {Step}.");
        }

        // The check above is what makes the unchecked loads of the three paths safe: each reads whole steps below the common length.
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var second = ref MemoryMarshal.GetReference(y);
        if (Vector512.IsHardwareAccelerated)
        {
            return Dot512(ref first, ref second, (nuint)x.Length);
        }

        return Vector256.IsHardwareAccelerated
            ? Dot256(ref first, ref second, (nuint)x.Length)
            : Dot128(ref first, ref second, (nuint)x.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Dot512(ref float x, ref float y, nuint length)
    {
        Vector512<float> sums0 = default, sums1 = default;
        for (nuint i = 0; i < length; i += Step)
        {
            sums0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref y, i), sums0);
            sums1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i + 16), Vector512.LoadUnsafe(ref y, i + 16), sums1);
        }

        return Total(sums0.GetLower(), sums0.GetUpper(), sums1.GetLower(), sums1.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Dot256(ref float x, ref float y, nuint length)
    {
        Vector256<float> sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        for (nuint i = 0; i < length; i += Step)
        {
            sums0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), sums0);
            sums1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 8), Vector256.LoadUnsafe(ref y, i + 8), sums1);
            sums2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 16), Vector256.LoadUnsafe(ref y, i + 16), sums2);
            sums3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 24), Vector256.LoadUnsafe(ref y, i + 24), sums3);
        }

        return Total(sums0, sums1, sums2, sums3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Dot128(ref float x, ref float y, nuint length)
    {
        Vector128<float> sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        Vector128<float> sums4 = default, sums5 = default, sums6 = default, sums7 = default;
        for (nuint i = 0; i < length; i += Step)
        {
            sums0 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i), Vector128.LoadUnsafe(ref y, i), sums0);
            sums1 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 4), Vector128.LoadUnsafe(ref y, i + 4), sums1);
            sums2 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 8), Vector128.LoadUnsafe(ref y, i + 8), sums2);
            sums3 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 12), Vector128.LoadUnsafe(ref y, i + 12), sums3);
            sums4 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 16), Vector128.LoadUnsafe(ref y, i + 16), sums4);
            sums5 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 20), Vector128.LoadUnsafe(ref y, i + 20), sums5);
            sums6 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 24), Vector128.LoadUnsafe(ref y, i + 24), sums6);
            sums7 = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref x, i + 28), Vector128.LoadUnsafe(ref y, i + 28), sums7);
        }

        return Total(sums0 + sums2 + (sums4 + sums6), sums1 + sums3 + (sums5 + sums7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(Vector256<float> sums0, Vector256<float> sums1, Vector256<float> sums2, Vector256<float> sums3)
    {
        var sums = sums0 + sums1 + (sums2 + sums3);
        return Total(sums.GetLower(), sums.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(Vector128<float> lower, Vector128<float> upper)
    {
        var sums = lower + upper;
        return sums[0] + sums[2] + (sums[1] + sums[3]);
    }
}
