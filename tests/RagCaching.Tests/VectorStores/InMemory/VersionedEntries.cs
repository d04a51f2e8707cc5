using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace RagCaching.Tests.VectorStores.InMemory;

/// <summary>Entries whose payload is the number from which their vector was made, so that a mixture of two shows.</summary>
internal static class VersionedEntries
{
    public const string Partition = "partition";
    public const int Dimensions = 64;
    public const int PayloadSize = 8;

    /// <summary>Far more than single-precision rounding over so few dimensions, far less than the difference between two versions.</summary>
    private const float Tolerance = 1e-5f;

    public static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    /// <summary>An entry whose payload is the number from which its vector was made.</summary>
    public static VectorEntry Entry(int id, int version, DateTimeOffset? expiresAt = null)
    {
        var payload = new byte[PayloadSize];
        BinaryPrimitives.WriteInt32LittleEndian(payload, version);
        return new VectorEntry { Partition = Partition, Id = $"{id}", Vector = VectorOf(version), Payload = payload, CreatedAt = Now, ExpiresAt = expiresAt ?? Now.AddDays(1) };
    }

    public static VectorQuery Query(int version, int limit) =>
        new() { Partition = Partition, Vector = VectorOf(version), Limit = limit, IncludePayload = true, IncludeVector = version % 2 == 0 };

    private static float[] VectorOf(int version)
    {
        var random = new Random(version);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>Checks that a similarity is that of the vector that belongs to the payload, which a mixture of two rows would not have.</summary>
    public static void AssertWhole(VectorMatch match, int query)
    {
        var expected = TensorPrimitives.CosineSimilarity(VectorOf(query), VectorOf(VersionOf(match.Entry)));
        Assert.Equal(expected, match.Similarity, Tolerance);
        if (!match.Entry.Vector.IsEmpty)
        {
            AssertWhole(match.Entry);
        }
    }

    public static void AssertWhole(VectorEntry entry)
    {
        var expected = VectorOf(VersionOf(entry));
        var length = TensorPrimitives.Norm(expected);
        for (var i = 0; i < Dimensions; i++)
        {
            Assert.Equal(expected[i] / length, entry.Vector.Span[i], Tolerance);
        }
    }

    private static int VersionOf(VectorEntry entry) => BinaryPrimitives.ReadInt32LittleEndian(entry.Payload.Span);
}
