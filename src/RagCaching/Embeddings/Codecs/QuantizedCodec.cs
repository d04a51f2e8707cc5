using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RagCaching.Embeddings.Codecs;

/// <summary>Keeps vectors as signed bytes.</summary>
/// <remarks>
/// Each block of 64 components has its own step s, 1/127 of its largest magnitude. Rounding moves a component by at most s / 2, so a
/// block by at most √64 · s / 2 = 4 s, while the block is at least 127 s long. The error of every block, and so of the whole vector, is
/// at most 4/127 of it, whatever the number of dimensions: the cosine is at least √(1 - (4/127)²) > 1 - 5·10⁻⁴. One step for the whole
/// vector would save 6 % of the bytes and let the bound grow with the number of dimensions, to 1.2·10⁻² at 1,536.
/// </remarks>
internal static class QuantizedCodec
{
    public const int BlockSize = 64;

    private const float Levels = 127;

    public static int SizeOf(int dimensions) => checked((BlocksOf(dimensions) * sizeof(float)) + dimensions);

    public static void Encode(ReadOnlySpan<float> vector, Span<byte> destination)
    {
        var steps = destination;
        var levels = MemoryMarshal.Cast<byte, sbyte>(destination[(BlocksOf(vector.Length) * sizeof(float))..]);
        for (var start = 0; start < vector.Length; start += BlockSize)
        {
            var block = vector[start..Math.Min(start + BlockSize, vector.Length)];
            var step = MathF.Abs(TensorPrimitives.MaxMagnitude(block)) / Levels;

            // A block this far below the rest of its vector is nothing beside it, and a subnormal step has no precision left.
            step = float.IsNormal(step) ? step : 0;
            BinaryPrimitives.WriteSingleLittleEndian(steps, step);
            steps = steps[sizeof(float)..];
            for (var i = 0; i < block.Length; i++)
            {
                levels[start + i] = step == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(block[i] / step), -Levels, Levels);
            }
        }
    }

    public static void Decode(ReadOnlySpan<byte> payload, Span<float> vector)
    {
        var steps = payload;
        var levels = MemoryMarshal.Cast<byte, sbyte>(payload[(BlocksOf(vector.Length) * sizeof(float))..]);
        Widen(levels, vector);
        for (var start = 0; start < vector.Length; start += BlockSize)
        {
            var block = vector[start..Math.Min(start + BlockSize, vector.Length)];
            TensorPrimitives.Multiply(block, BinaryPrimitives.ReadSingleLittleEndian(steps), block);
            steps = steps[sizeof(float)..];
        }
    }

    // What TensorPrimitives converts these types with works number by number.
    private static void Widen(ReadOnlySpan<sbyte> levels, Span<float> vector)
    {
        var i = 0;
        for (; i <= levels.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(levels[i..]));
            Vector256.ConvertToSingle(Vector256.WidenLower(low.ToVector256())).CopyTo(vector[i..]);
            Vector256.ConvertToSingle(Vector256.WidenLower(high.ToVector256())).CopyTo(vector[(i + Vector256<float>.Count)..]);
        }

        for (; i < levels.Length; i++)
        {
            vector[i] = levels[i];
        }
    }

    private static int BlocksOf(int dimensions) => (dimensions + BlockSize - 1) / BlockSize;
}
