using System.Security.Cryptography;
using RagCaching.Internal.Digests;

namespace RagCaching.Tests.Internal.Digests;

public sealed class DigestBuilderTests
{
    private delegate void Parts(ref DigestBuilder builder);

    [Fact]
    public void Complete_ListsThatCouldBeMistakenForEachOther_AllDiffer()
    {
        Parts[] lists =
        [
            (ref _) => { },
            (ref builder) => builder.Add(default(string)),
            (ref builder) => builder.Add(""),
            (ref builder) => builder.Add(ReadOnlySpan<byte>.Empty),
            (ref builder) => { builder.Add("ab"); builder.Add("c"); },
            (ref builder) => { builder.Add("a"); builder.Add("bc"); },
            (ref builder) => builder.Add("abc"),
            (ref builder) => builder.Add("a\0b\0c\0"u8),
            (ref builder) => builder.Add("\ud800x"),
            (ref builder) => builder.Add("\udbffx"),
            (ref builder) => builder.Add("\ufffdx"),
            (ref builder) => builder.Add("\u00e9"),
            (ref builder) => builder.Add("e\u0301"),
            (ref builder) => builder.Add(0L),
            (ref builder) => builder.Add(0d),
            (ref builder) => builder.Add(-0d),
            (ref builder) => builder.Add(false),
            (ref builder) => builder.Add(true),
            (ref builder) => builder.Add(1L),
            (ref builder) => builder.Add("1"),
        ];

        var digests = lists.Select(list => DigestOf(list, scratch: 512)).ToHashSet();

        Assert.Equal(lists.Length, digests.Count);
    }

    [Fact]
    public void Complete_DomainOrSecretDiffers_DigestDiffers()
    {
        Assert.Equal(3, new HashSet<Digest> { Complete("a", []), Complete("b", []), Complete("a", "secret"u8) }.Count);

        static Digest Complete(string domain, ReadOnlySpan<byte> secret) => new DigestBuilder([], domain).Complete(secret);
    }

    [Fact]
    public void Complete_AnySizeOfScratchMemory_GivesTheSameDigest()
    {
        Parts parts = (ref builder) =>
        {
            for (var i = 0; i < 100; i++)
            {
                builder.Add(new string('x', i));
            }
        };
        var expected = DigestOf(parts, scratch: 0);

        for (var scratch = 1; scratch < 300; scratch++)
        {
            Assert.Equal(expected, DigestOf(parts, scratch));
        }
    }

    [Fact]
    public void Complete_KnownParts_HashesTheDocumentedBytes()
    {
        var builder = new DigestBuilder([], "d");
        builder.Add("\u00e9");
        builder.Add(7L);

        byte[] expected = [1, 2, 0, 0, 0, (byte)'d', 0, 1, 2, 0, 0, 0, 0xE9, 0, 3, 8, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(new Digest(SHA256.HashData(expected)), builder.Complete([]));
    }

    private static Digest DigestOf(Parts parts, int scratch)
    {
        var builder = new DigestBuilder(new byte[scratch], "test");
        parts(ref builder);
        return builder.Complete([]);
    }
}
