using System.Numerics.Tensors;
using CsCheck;
using RagCaching.Embeddings.Codecs;

namespace RagCaching.Tests.Embeddings.Codecs;

public sealed class VectorCodecTests
{
    // The errors that EmbeddingPrecision promises.
    private const double HalfError = 2e-7;
    private const double QuantizedError = 5e-4;

    // Flat, spiky and mixed vectors: what breaks a scale is a large component among small ones.
    private static readonly Gen<float[]> Vectors = Gen.OneOf(
        Gen.Float[-1f, 1f],
        Gen.OneOf(Gen.Float[-1e-3f, 1e-3f], Gen.Float[-1e3f, 1e3f]),
        Gen.OneOf(Gen.Const(1f), Gen.Const(-1f), Gen.Const(0.5f / 127), Gen.Const(0f)),
        Gen.Select(Gen.Float[-1f, 1f], Gen.Int[-40, 40], MathF.ScaleB)).Array[1, 300].Where(vector => VectorCodec.IsCacheable(vector));

    [Fact]
    public void TryDecode_Full_ReturnsEveryBit() =>
        Vectors.Sample(vector => RoundTrip(EmbeddingPrecision.Full, vector).AsSpan().SequenceEqual(vector));

    [Fact]
    public void TryDecode_Half_StaysWithinTheStatedCosineError() =>
        Vectors.Sample(vector => CosineError(EmbeddingPrecision.Half, vector) <= HalfError, iter: 20_000);

    [Fact]
    public void TryDecode_Quantized_StaysWithinTheStatedCosineError() =>
        Vectors.Sample(vector => CosineError(EmbeddingPrecision.Quantized, vector) <= QuantizedError, iter: 20_000);

    [Fact]
    public void TryDecode_TheWorstVectorForQuantized_ComesCloseToTheStatedError()
    {
        // One component that fixes the step of each block, the others in the middle between two levels. The stated error is no guess
        // as long as this one comes near it.
        var vector = Enumerable.Range(0, 1536).Select(i => i % QuantizedCodec.BlockSize == 0 ? 127f : 0.499f).ToArray();

        Assert.InRange(CosineError(EmbeddingPrecision.Quantized, vector), QuantizedError * 0.9, QuantizedError);
    }

    [Fact]
    public void TryDecode_UsualEmbeddings_LoseAboutTwoInAHundredThousand()
    {
        var random = new Random(7);
        var errors = Enumerable.Range(0, 100).Select(_ => CosineError(EmbeddingPrecision.Quantized, Gaussian(random, 1536)));

        Assert.InRange(errors.Average(), 1e-5, 2.5e-5);
    }

    [Theory]
    [InlineData(EmbeddingPrecision.Full, 1.02)]
    [InlineData(EmbeddingPrecision.Half, 0.52)]
    [InlineData(EmbeddingPrecision.Quantized, 0.28)]
    public void SizeFor_1536Dimensions_StaysWithinTheStatedShareOfTheRawVector(EmbeddingPrecision precision, double share) =>
        Assert.InRange(EmbeddingEnvelope.SizeFor(precision, 1536), 1, (int)(share * 1536 * sizeof(float)));

    [Theory]
    [InlineData(1e18f)]
    [InlineData(-1e18f)]
    [InlineData(1e-18f)]
    [InlineData(3e19f)]
    [InlineData(1e-20f)]
    public void PrecisionFor_AnyMagnitude_KeepsThePromise(float magnitude)
    {
        foreach (var precision in Enum.GetValues<EmbeddingPrecision>())
        {
            float[] vector = [magnitude, magnitude / 3, -magnitude / 7, 0];
            if (VectorCodec.IsCacheable(vector))
            {
                Assert.InRange(CosineError(VectorCodec.PrecisionFor(vector, precision), vector), -1e-12, QuantizedError);
            }
        }
    }

    [Fact]
    public void TryDecode_AnythingThatDoesNotFit_IsRefused()
    {
        var payload = new byte[8];
        VectorCodec.Encode(EmbeddingPrecision.Full, [1f, 2f], payload);

        Assert.NotNull(VectorCodec.TryDecode(0, 2, payload, EmbeddingPrecision.Full));
        Assert.Null(VectorCodec.TryDecode(0, 3, payload, EmbeddingPrecision.Full));
        Assert.Null(VectorCodec.TryDecode(0, 0, [], EmbeddingPrecision.Full));
        Assert.Null(VectorCodec.TryDecode(0, -2, payload, EmbeddingPrecision.Full));
        Assert.Null(VectorCodec.TryDecode(0, int.MaxValue, payload, EmbeddingPrecision.Full));
        Assert.Null(VectorCodec.TryDecode(1, 2, payload, EmbeddingPrecision.Full));
        Assert.NotNull(VectorCodec.TryDecode(1, 2, payload, EmbeddingPrecision.Quantized));
        Assert.Null(VectorCodec.TryDecode(3, 2, payload, EmbeddingPrecision.Quantized));
        Assert.Null(VectorCodec.TryDecode(0, 2, new byte[8], EmbeddingPrecision.Full));
    }

    private static double CosineError(EmbeddingPrecision precision, float[] vector)
    {
        // In double precision, since single would hide an error of 10^-7.
        var original = Array.ConvertAll(vector, component => (double)component);
        var copy = Array.ConvertAll(RoundTrip(precision, vector), component => (double)component);
        return 1 - TensorPrimitives.CosineSimilarity<double>(original, copy);
    }

    private static float[] RoundTrip(EmbeddingPrecision precision, float[] vector)
    {
        precision = VectorCodec.PrecisionFor(vector, precision);
        var payload = new byte[VectorCodec.SizeOf(precision, vector.Length)];
        VectorCodec.Encode(precision, vector, payload);
        return Assert.IsType<float[]>(VectorCodec.TryDecode((byte)precision, vector.Length, payload, precision));
    }

    private static float[] Gaussian(Random random, int dimensions) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle()))];
}
