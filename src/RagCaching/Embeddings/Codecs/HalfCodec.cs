using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RagCaching.Embeddings.Codecs;

/// <summary>Keeps vectors in half precision.</summary>
/// <remarks>
/// Half precision ends at 65,504 and grows coarse below 2⁻¹⁴, so a vector is scaled by a power of two, which is exact, until its
/// largest component lies in [2¹⁴, 2¹⁵). Each component then has a relative error of at most 2⁻¹¹, or one too small to matter beside
/// the largest component. The error vector is at most 2⁻¹¹ of the vector, and the cosine loses at most half of the square: 1.2·10⁻⁷.
/// </remarks>
internal static class HalfCodec
{
    private const int LargestExponent = 14;

    public static int SizeOf(int dimensions) => checked(sizeof(float) + (dimensions * sizeof(ushort)));

    public static void Encode(ReadOnlySpan<float> vector, Span<byte> destination)
    {
        var exponent = MathF.ILogB(TensorPrimitives.MaxMagnitude(vector));
        var scale = MathF.ScaleB(1, LargestExponent - exponent);
        BinaryPrimitives.WriteSingleLittleEndian(destination, MathF.ScaleB(1, exponent - LargestExponent));

        var halves = destination[sizeof(float)..];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(halves[(i * sizeof(ushort))..], (Half)(vector[i] * scale));
        }
    }

    public static void Decode(ReadOnlySpan<byte> payload, Span<float> vector)
    {
        var factor = BinaryPrimitives.ReadSingleLittleEndian(payload);
        var halves = payload[sizeof(float)..];
        if (BitConverter.IsLittleEndian)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(halves), vector);
            TensorPrimitives.Multiply(vector, factor, vector);
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(halves[(i * sizeof(ushort))..]) * factor;
        }
    }
}
