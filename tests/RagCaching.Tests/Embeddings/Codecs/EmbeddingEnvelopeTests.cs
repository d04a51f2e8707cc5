using System.Security.Cryptography;
using CsCheck;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;

namespace RagCaching.Tests.Embeddings.Codecs;

public sealed class EmbeddingEnvelopeTests
{
    private static readonly Digest Key = new(SHA256.HashData("key"u8));
    private static readonly EmbeddingVariant Variant = new(new Digest(SHA256.HashData("variant"u8)), "model", isShareable: true);
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly float[] Vector = [1f, -0.5f, 0.25f, 1f / 3];

    public static TheoryData<EmbeddingPrecision> Precisions => [.. Enum.GetValues<EmbeddingPrecision>()];

    // Entries as version 1 writes them. A change here means that what earlier releases stored can no longer be read.
    public static TheoryData<EmbeddingPrecision, string> Golden => new()
    {
        { EmbeddingPrecision.Full, "full" },
        { EmbeddingPrecision.Half, "half" },
        { EmbeddingPrecision.Quantized, "quantized" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Write_Version1_WritesTheBytesOfTheGoldenFile(EmbeddingPrecision precision, string name) =>
        Assert.Equal(File.ReadAllBytes(PathOf(name)), Written(precision, Vector));

    [Theory]
    [MemberData(nameof(Golden))]
    public void TryRead_TheGoldenFileOfVersion1_ReturnsTheVector(EmbeddingPrecision precision, string name)
    {
        var vector = EmbeddingEnvelope.TryRead(File.ReadAllBytes(PathOf(name)), precision, Variant, Key, out var header, out _);

        Assert.Equal(Created, header.CreatedAt);
        Assert.Equal(Vector.Length, vector?.Length);
        Assert.All(Vector.Zip(vector!), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1f / 254));
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void TryRead_EveryTruncationAndExtension_IsRefused(EmbeddingPrecision precision)
    {
        var bytes = Written(precision, Vector);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(Read(bytes.AsSpan(0, length)));
        }

        Assert.Null(Read([.. bytes, 0]));
        Assert.NotNull(Read(bytes));
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void TryRead_EveryFlippedBit_IsRefused(EmbeddingPrecision precision)
    {
        var bytes = Written(precision, Vector);

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Read(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void TryRead_AMillionRandomBuffers_NeverThrowsAndRefusesThem() =>
        Gen.Byte.Array[0, 160].Sample(bytes => Read(bytes) is null, iter: 1_000_000);

    [Fact]
    public void TryRead_ASealAroundRandomPayloads_NeverThrowsAndReturnsOnlyUsableVectors() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Byte[0, 4], Gen.Int[-2, 40]).Sample(
            (payload, encoding, dimensions) =>
            {
                var bytes = new byte[Envelope.SizeFor(payload.Length)];
                payload.CopyTo(bytes, Envelope.HeaderSize);
                Envelope.Seal(bytes, new EnvelopeHeader(EmbeddingEnvelope.Kind, encoding, Variant.Digest.Prefix, dimensions, Created, Created), Key);

                return Read(bytes) is not { } vector || (vector.Length == dimensions && VectorCodec.IsCacheable(vector));
            },
            iter: 200_000);

    [Fact]
    public void TryRead_EntryOfAnotherKeyModelOrPrecision_SaysWhich()
    {
        var bytes = Written(EmbeddingPrecision.Half, Vector);
        var other = new Digest(SHA256.HashData("other"u8));

        EmbeddingEnvelope.TryRead(bytes, EmbeddingPrecision.Half, Variant, other, out _, out var wrongKey);
        EmbeddingEnvelope.TryRead(bytes, EmbeddingPrecision.Half, new EmbeddingVariant(other, "model", isShareable: true), Key, out _, out var wrongModel);
        EmbeddingEnvelope.TryRead(bytes, EmbeddingPrecision.Full, Variant, Key, out _, out var wrongPrecision);

        Assert.Equal(("wrong_key", "wrong_model", "wrong_precision"), (wrongKey, wrongModel, wrongPrecision));
    }

    private static byte[] Written(EmbeddingPrecision precision, float[] vector)
    {
        var bytes = new byte[EmbeddingEnvelope.SizeFor(precision, vector.Length)];
        EmbeddingEnvelope.Write(bytes, precision, new CachedVector(vector, Created, Created.AddDays(1), deadline: 0), Variant, Key);
        return bytes;
    }

    private static float[]? Read(ReadOnlySpan<byte> bytes) => EmbeddingEnvelope.TryRead(bytes, EmbeddingPrecision.Quantized, Variant, Key, out _, out _);

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Embeddings", "Golden", $"embedding-v1-{name}.bin");
}
