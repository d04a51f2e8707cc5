using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RagCaching.VectorStores.InMemory.Kernels;

/// <summary>Multiplies a matrix with a vector: the coordinates of a vector on the axes of a basis.</summary>
/// <remarks>
/// Four axes at a time, so that each component of the vector is loaded once for four products. Results may differ in the last bits
/// between machines; the bounds that are computed from them allow for that.
/// </remarks>
internal static class ProjectionKernel
{
    /// <summary>The number of axes that are taken together.</summary>
    public const int AxisStep = 4;

    /// <summary>Computes the products.</summary>
    /// <param name="axes">The axes one after the other, each as long as the vector; a multiple of four of them.</param>
    /// <param name="vector">The vector, in whole steps of <see cref="DotKernel.Step"/>.</param>
    /// <param name="coordinates">Receives one number for each axis.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> axes, ReadOnlySpan<float> vector, Span<float> coordinates)
    {
        var count = coordinates.Length;
        if (vector.Length % DotKernel.Step != 0 || count % AxisStep != 0 || axes.Length != (long)count * vector.Length)
        {
            throw new ArgumentException($"{axes.Length} components are not {count} axes, in fours, of {vector.Length} components.");
        }

        ref var axis = ref MemoryMarshal.GetReference(axes);
        ref var components = ref MemoryMarshal.GetReference(vector);
        for (var i = 0; i < count; i += AxisStep)
        {
            ref var first = ref Unsafe.Add(ref axis, (nint)i * vector.Length);
            var four = Vector512.IsHardwareAccelerated
                ? Four512(ref first, ref components, (nuint)vector.Length)
                : Four256(ref first, ref components, (nuint)vector.Length);
            four.CopyTo(coordinates[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Vector128<float> Four512(ref float axes, ref float vector, nuint length)
    {
        Vector512<float> low0 = default, low1 = default, low2 = default, low3 = default;
        Vector512<float> high0 = default, high1 = default, high2 = default, high3 = default;
        for (nuint i = 0; i < length; i += 32)
        {
            var low = Vector512.LoadUnsafe(ref vector, i);
            var high = Vector512.LoadUnsafe(ref vector, i + 16);
            low0 = Vector512.FusedMultiplyAdd(low, Vector512.LoadUnsafe(ref axes, i), low0);
            low1 = Vector512.FusedMultiplyAdd(low, Vector512.LoadUnsafe(ref axes, i + length), low1);
            low2 = Vector512.FusedMultiplyAdd(low, Vector512.LoadUnsafe(ref axes, i + (2 * length)), low2);
            low3 = Vector512.FusedMultiplyAdd(low, Vector512.LoadUnsafe(ref axes, i + (3 * length)), low3);
            high0 = Vector512.FusedMultiplyAdd(high, Vector512.LoadUnsafe(ref axes, i + 16), high0);
            high1 = Vector512.FusedMultiplyAdd(high, Vector512.LoadUnsafe(ref axes, i + length + 16), high1);
            high2 = Vector512.FusedMultiplyAdd(high, Vector512.LoadUnsafe(ref axes, i + (2 * length) + 16), high2);
            high3 = Vector512.FusedMultiplyAdd(high, Vector512.LoadUnsafe(ref axes, i + (3 * length) + 16), high3);
        }

        return Vector128.Create(Vector512.Sum(low0 + high0), Vector512.Sum(low1 + high1), Vector512.Sum(low2 + high2), Vector512.Sum(low3 + high3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Vector128<float> Four256(ref float axes, ref float vector, nuint length)
    {
        Vector256<float> low0 = default, low1 = default, low2 = default, low3 = default;
        Vector256<float> high0 = default, high1 = default, high2 = default, high3 = default;
        for (nuint i = 0; i < length; i += 16)
        {
            var low = Vector256.LoadUnsafe(ref vector, i);
            var high = Vector256.LoadUnsafe(ref vector, i + 8);
            low0 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref axes, i), low0);
            low1 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref axes, i + length), low1);
            low2 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref axes, i + (2 * length)), low2);
            low3 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref axes, i + (3 * length)), low3);
            high0 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref axes, i + 8), high0);
            high1 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref axes, i + length + 8), high1);
            high2 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref axes, i + (2 * length) + 8), high2);
            high3 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref axes, i + (3 * length) + 8), high3);
        }

        return Vector128.Create(Vector256.Sum(low0 + high0), Vector256.Sum(low1 + high1), Vector256.Sum(low2 + high2), Vector256.Sum(low3 + high3));
    }
}
