using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;

namespace RagCaching.Testing.Models;

/// <summary>Unit vectors that depend on a text alone, the same in every process and on every machine up to the last bits.</summary>
internal static class TextDirections
{
    /// <summary>Makes the vector of a text.</summary>
    public static float[] Of(string text, int dimensions)
    {
        var vector = GaussianOf(text, dimensions);
        Normalize(vector);
        return vector;
    }

    /// <summary>Makes the vector of a text at a given cosine from another one: that one, turned by the angle towards the text's own direction.</summary>
    public static float[] Near(ReadOnlySpan<float> other, string text, float similarity)
    {
        // What of its own direction is square to the other vector. Random vectors are never parallel.
        var square = GaussianOf(text, other.Length);
        var along = TensorPrimitives.Dot(square, other);
        for (var i = 0; i < square.Length; i++)
        {
            square[i] -= along * other[i];
        }

        Normalize(square);
        var rest = MathF.Sqrt(Math.Max(0, 1 - (similarity * similarity)));
        for (var i = 0; i < square.Length; i++)
        {
            square[i] = (similarity * other[i]) + (rest * square[i]);
        }

        Normalize(square);
        return square;
    }

    // Independent normal components, by the method of Box and Muller, make every direction equally likely: unrelated texts have cosines around 0, with a deviation of 1 / sqrt(d).
    private static float[] GaussianOf(string text, int dimensions)
    {
        var uniform = new SplitMix(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        var components = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - uniform.Next()));
            components[i] = (float)(radius * Math.Cos(2 * Math.PI * uniform.Next()));
        }

        return components;
    }

    private static void Normalize(Span<float> vector) => TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
}
