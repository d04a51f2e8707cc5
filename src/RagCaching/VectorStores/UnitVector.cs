namespace RagCaching.VectorStores;

/// <summary>Brings vectors to length one, so that their dot product is the cosine of their angle.</summary>
/// <remarks>
/// Lengths are summed in double precision, where the square of no single-precision number overflows or vanishes. Summation order
/// is fixed, so that one vector has the same stored form on every machine.
/// </remarks>
internal static class UnitVector
{
    /// <summary>The shortest length that still has a direction; below it, components are subnormal and hold only a few bits.</summary>
    private const double ShortestLength = 1.17549435e-38;

    /// <summary>Computes the length of a vector and refuses one that has no direction.</summary>
    /// <param name="vector">Components of any size.</param>
    /// <param name="parameterName">The parameter that an exception names.</param>
    /// <returns>The Euclidean length: positive and finite.</returns>
    /// <exception cref="ArgumentException">The vector is empty, has a NaN or an infinity, or its length is zero or subnormal.</exception>
    public static double LengthOf(ReadOnlySpan<float> vector, string parameterName)
    {
        if (vector.IsEmpty)
        {
            throw new ArgumentException("The vector has no components.", parameterName);
        }

        var length = Math.Sqrt(SumOfSquares(vector));

        // A sum of finite squares is finite in double precision, so anything else comes from a component.
        if (!double.IsFinite(length))
        {
            var index = 0;
            while (float.IsFinite(vector[index]))
            {
                index++;
            }

            throw new ArgumentException($"The vector's component {index} is {vector[index]}; every component must be finite.", parameterName);
        }

        if (length < ShortestLength)
        {
            throw new ArgumentException($"The vector's length is {length}; it must be at least {ShortestLength} to have a direction.", parameterName);
        }

        return length;
    }

    /// <summary>Writes a vector at length one and fills what is left of the destination with zeros.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="length">What <see cref="LengthOf"/> said of it.</param>
    /// <param name="destination">At least as long as the vector.</param>
    public static void Write(ReadOnlySpan<float> vector, double length, Span<float> destination)
    {
        var scale = 1 / length;
        for (var i = 0; i < vector.Length; i++)
        {
            destination[i] = (float)(vector[i] * scale);
        }

        destination[vector.Length..].Clear();
    }

    private static double SumOfSquares(ReadOnlySpan<float> vector)
    {
        // Four sums, because one would make every addition wait for the one before it.
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        var rest = vector;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            sum0 += (double)rest[0] * rest[0];
            sum1 += (double)rest[1] * rest[1];
            sum2 += (double)rest[2] * rest[2];
            sum3 += (double)rest[3] * rest[3];
        }

        foreach (var component in rest)
        {
            sum0 += (double)component * component;
        }

        return sum0 + sum1 + (sum2 + sum3);
    }
}
