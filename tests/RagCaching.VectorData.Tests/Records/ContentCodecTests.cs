using CsCheck;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Tests.Records;

public sealed class ContentCodecTests
{
    private static readonly VectorEntry Entry = new()
    {
        Partition = "p",
        Id = "\ud800",
        Metadata = new byte[] { 1, 2 },
        Payload = new byte[] { 3 },
        Labels = ["a", ""],
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ExpiresAt = VectorEntry.NeverExpires,
    };

    [Fact]
    public void TryRead_WhatWasWritten_IsTheEntry()
    {
        Gen.Select(Gen.String, Gen.String[1, 50], Gen.String.List, Gen.Byte.Array, Gen.Byte.Array, Gen.Long).Sample((partition, id, labels, metadata, payload, added) =>
        {
            var entry = new VectorEntry { Partition = partition + "p", Id = id, Labels = labels, Metadata = metadata, Payload = payload, CreatedAt = Entry.CreatedAt, ExpiresAt = DateTimeOffset.MaxValue };

            var read = ContentCodec.TryRead(ContentCodec.Write(entry, hasVector: true, added))!;

            Assert.Equal((entry.Partition, entry.Id, entry.CreatedAt, entry.ExpiresAt), (read.Entry.Partition, read.Entry.Id, read.Entry.CreatedAt, read.Entry.ExpiresAt));
            Assert.Equal((true, added), (read.HasVector, read.Added));
            Assert.Equal(labels, read.Entry.Labels);
            Assert.Equal(metadata, read.Entry.Metadata.ToArray());
            Assert.Equal(payload, read.Entry.Payload.ToArray());
        });
    }

    [Fact]
    public void Write_TheGoldenEntry_HasTheBytesOfVersion1() => Assert.Equal(
        "52414756010000008000B796AB49DE080080CDC9AC27CA2B2A0000000000000002000000020000000A0000000200000001000000700000D802000000610000000000010203D1043931A4C6FDCC",
        Convert.ToHexString(ContentCodec.Write(Entry, hasVector: false, added: 42)));

    [Fact]
    public void TryRead_EveryTruncationExtensionAndFlippedBit_IsRefused()
    {
        var content = ContentCodec.Write(Entry, hasVector: true, added: 7);
        Assert.NotNull(ContentCodec.TryRead(content));
        Assert.Null(ContentCodec.TryRead(content.Append((byte)0).ToArray()));
        for (var i = 0; i < content.Length; i++)
        {
            Assert.Null(ContentCodec.TryRead(content.AsMemory(0, i)));
            for (var bit = 0; bit < 8; bit++)
            {
                content[i] ^= (byte)(1 << bit);
                Assert.Null(ContentCodec.TryRead(content));
                content[i] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void TryRead_SealedAnewWithAnyByteChanged_NeverThrows()
    {
        var random = new Random(20);
        for (var round = 0; round < 20_000; round++)
        {
            var content = ContentCodec.Write(Entry, hasVector: true, added: 7);
            content[random.Next(content.Length - 8)] = (byte)random.Next(256);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan()[^8..], System.IO.Hashing.XxHash3.HashToUInt64(content.AsSpan()[..^8]));
            var read = ContentCodec.TryRead(content);
            Assert.True(read is null || read.Entry.Metadata.Length + read.Entry.Payload.Length < content.Length);
        }
    }
}
