using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RagCaching.Embeddings.Codecs;

// The payload of an embedding's envelope; the envelope's encoding byte is the EmbeddingPrecision, d the number of dimensions.
//
//   Full         d × 4 bytes, single precision
//   Half         4 bytes factor, then d × 2 bytes half precision to be multiplied by it
//   Quantized    ⌈d / 64⌉ × 4 bytes, the factor of each block of 64 components, then d signed bytes to be multiplied by it
//
// All numbers are little-endian.

/// <summary>Writes vectors as bytes and reads them back.</summary>
internal static class VectorCodec
{
    /// <summary>The largest number of dimensions that is stored or read; models have up to some ten thousand.</summary>
    public const int MaxDimensions = 1 << 20;

    // Outside of these magnitudes a lossy form could lose more than it promises, and vectors that no model makes can stay exact.
    private const float SmallestScalable = 5.421010862427522e-20f; // 2^-64
    private const float LargestScalable = 18446744073709551616f; // 2^64

    /// <summary>Tells whether a vector is worth keeping: finite, and of a length that a cosine can be computed from.</summary>
    public static bool IsCacheable(ReadOnlySpan<float> vector) =>
        vector.Length is > 0 and <= MaxDimensions && float.IsNormal(TensorPrimitives.SumOfSquares(vector));

    /// <summary>Chooses the form for a vector.</summary>
    /// <param name="vector">A cacheable vector.</param>
    /// <param name="wanted">The precision that was asked for.</param>
    /// <returns>The same, or <see cref="EmbeddingPrecision.Full"/> for magnitudes at which the other forms break their promise.</returns>
    public static EmbeddingPrecision PrecisionFor(ReadOnlySpan<float> vector, EmbeddingPrecision wanted)
    {
        if (wanted == EmbeddingPrecision.Full)
        {
            return wanted;
        }

        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        return largest is >= SmallestScalable and <= LargestScalable ? wanted : EmbeddingPrecision.Full;
    }

    /// <summary>Gets the size of a payload.</summary>
    public static int SizeOf(EmbeddingPrecision precision, int dimensions) => precision switch
    {
        EmbeddingPrecision.Half => HalfCodec.SizeOf(dimensions),
        EmbeddingPrecision.Quantized => QuantizedCodec.SizeOf(dimensions),
        _ => checked(dimensions * sizeof(float)),
    };

    /// <summary>Writes a vector.</summary>
    /// <param name="precision">What <see cref="PrecisionFor"/> chose.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="destination">Exactly <see cref="SizeOf"/> bytes.</param>
    public static void Encode(EmbeddingPrecision precision, ReadOnlySpan<float> vector, Span<byte> destination)
    {
        switch (precision)
        {
            case EmbeddingPrecision.Half:
                HalfCodec.Encode(vector, destination);
                break;
            case EmbeddingPrecision.Quantized:
                QuantizedCodec.Encode(vector, destination);
                break;
            default:
                EncodeFull(vector, destination);
                break;
        }
    }

    /// <summary>Reads a vector. Never throws, and allocates only what the bytes that are there can fill.</summary>
    /// <param name="encoding">The encoding byte of the envelope.</param>
    /// <param name="dimensions">The dimensions of the envelope.</param>
    /// <param name="payload">The payload of the envelope.</param>
    /// <param name="leastPrecision">The least precision to accept.</param>
    /// <returns><see langword="null"/> if this is not a vector of that precision, or one that would not have been kept.</returns>
    public static float[]? TryDecode(byte encoding, int dimensions, ReadOnlySpan<byte> payload, EmbeddingPrecision leastPrecision)
    {
        var precision = (EmbeddingPrecision)encoding;
        if (precision > leastPrecision || dimensions is <= 0 or > MaxDimensions || payload.Length != SizeOf(precision, dimensions))
        {
            return null;
        }

        var vector = GC.AllocateUninitializedArray<float>(dimensions);
        switch (precision)
        {
            case EmbeddingPrecision.Half:
                HalfCodec.Decode(payload, vector);
                break;
            case EmbeddingPrecision.Quantized:
                QuantizedCodec.Decode(payload, vector);
                break;
            default:
                DecodeFull(payload, vector);
                break;
        }

        return IsCacheable(vector) ? vector : null;
    }

    private static void EncodeFull(ReadOnlySpan<float> vector, Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(vector).CopyTo(destination);
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(destination[(i * sizeof(float))..], vector[i]);
        }
    }

    private static void DecodeFull(ReadOnlySpan<byte> payload, Span<float> vector)
    {
        if (BitConverter.IsLittleEndian)
        {
            payload.CopyTo(MemoryMarshal.AsBytes(vector));
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(payload[(i * sizeof(float))..]);
        }
    }
}
