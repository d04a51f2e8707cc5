using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RagCaching.VectorStores.InMemory.Kernels;

/// <summary>Brings vectors to unit norm, so that their dot product is the cosine of their angle.</summary>
/// <remarks>
/// Squares are summed in double precision, where the square of no single-precision number overflows or vanishes. Summation order
/// is fixed, so that one vector has the same stored form on every machine.
/// </remarks>
internal static class UnitVector
{
    /// <summary>The smallest norm that still has a direction; below it, components are subnormal and hold only a few bits.</summary>
    private const double SmallestNorm = 1.17549435e-38;

    /// <summary>Computes the norm of a vector and refuses one that has no direction.</summary>
    /// <param name="vector">Components of any size.</param>
    /// <param name="parameterName">The parameter that an exception names.</param>
    /// <returns>The Euclidean norm: positive and finite.</returns>
    /// <exception cref="ArgumentException">The vector is empty, has a NaN or an infinity, or its norm is zero or subnormal.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double NormOf(ReadOnlySpan<float> vector, string parameterName)
    {
        if (vector.IsEmpty)
        {
            throw new ArgumentException("The vector has no components.", parameterName);
        }

        var norm = Math.Sqrt(SumOfSquares(vector));

        // A sum of finite squares is finite in double precision, so anything else comes from a component.
        if (!double.IsFinite(norm))
        {
            var index = 0;
            while (float.IsFinite(vector[index]))
            {
                index++;
            }

            throw new ArgumentException($"The vector's component {index} is {vector[index]}; every component must be finite.", parameterName);
        }

        if (norm < SmallestNorm)
        {
            throw new ArgumentException($"The vector's norm is {norm}; it must be at least {SmallestNorm} to have a direction.", parameterName);
        }

        return norm;
    }

    /// <summary>Writes a vector at unit norm and fills what is left of the destination with zeros.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="norm">What <see cref="NormOf"/> said of it.</param>
    /// <param name="destination">At least as long as the vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ReadOnlySpan<float> vector, double norm, Span<float> destination)
    {
        var scale = 1 / norm;
        var i = 0;
        for (; i <= vector.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create(vector[i..]));
            Vector256.Narrow(lower * scale, upper * scale).CopyTo(destination[i..]);
        }

        for (; i < vector.Length; i++)
        {
            destination[i] = (float)(vector[i] * scale);
        }

        destination[vector.Length..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(ReadOnlySpan<float> vector)
    {
        // Sums of four components each, because one sum would make every addition wait for the one before it. The square of a single-precision
        // number has no rounding error in double precision, so it does not matter whether a machine rounds it before the addition.
        var (sums0, sums1) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= vector.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create(vector[i..]));
            sums0 += lower * lower;
            sums1 += upper * upper;
        }

        var sums = sums0 + sums1;
        var sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        foreach (var component in vector[i..])
        {
            sum += (double)component * component;
        }

        return sum;
    }
}
