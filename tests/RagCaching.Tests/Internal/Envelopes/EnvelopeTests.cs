using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using CsCheck;
using RagCaching.Embeddings.Codecs;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;
using RagCaching.Semantic.Entries;

namespace RagCaching.Tests.Internal.Envelopes;

public sealed class EnvelopeTests
{
    private static readonly Digest Key = new(SHA256.HashData("key"u8));
    private static readonly EnvelopeHeader Header = new(
        AnswerCodec.Kind, 3, 0x0123456789ABCDEF, 768, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2026, 1, 3, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void TryOpen_WhatSealWrote_ReturnsHeaderAndPayload()
    {
        Gen.Byte.Array[0, 300].Sample(payload =>
        {
            var bytes = Sealed(payload);

            var status = Envelope.TryOpen(bytes, AnswerCodec.Kind, Key, out var header, out var opened);

            return status == EnvelopeStatus.Valid && header == Header && opened.SequenceEqual(payload);
        });
    }

    [Fact]
    public void TryOpen_EveryTruncationAndExtension_IsRefused()
    {
        var bytes = Sealed([1, 2, 3, 4, 5]);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.NotEqual(EnvelopeStatus.Valid, Open(bytes.AsSpan(0, length)));
        }

        Assert.NotEqual(EnvelopeStatus.Valid, Open([.. bytes, 0]));
    }

    [Fact]
    public void TryOpen_EveryFlippedBit_IsRefused()
    {
        var bytes = Sealed([1, 2, 3, 4, 5]);

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(EnvelopeStatus.Valid, Open(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void TryOpen_RandomBytes_NeverThrowsAndIsRefused()
    {
        Gen.Byte.Array[0, 200].Sample(bytes => Open(bytes) != EnvelopeStatus.Valid, iter: 100_000);
    }

    [Fact]
    public void TryOpen_AnotherKeyOrKind_SaysWhich()
    {
        var bytes = Sealed([1]);

        Assert.Equal(EnvelopeStatus.WrongKey, Envelope.TryOpen(bytes, AnswerCodec.Kind, new Digest(SHA256.HashData("other"u8)), out _, out _));
        Assert.Equal(EnvelopeStatus.WrongKind, Envelope.TryOpen(bytes, EmbeddingEnvelope.Kind, Key, out _, out _));
    }

    [Theory]
    [InlineData(0, 'r', nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(4, 2, nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(4, 0, nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(5, EntryStateCodec.Kind, nameof(EnvelopeStatus.WrongKind))]
    [InlineData(7, 1, nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(20, 0, nameof(EnvelopeStatus.WrongLength))]
    [InlineData(20, 6, nameof(EnvelopeStatus.WrongLength))]
    [InlineData(23, 0x80, nameof(EnvelopeStatus.WrongLength))]
    [InlineData(31, 0x7F, nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(31, 0x80, nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(39, 0x7F, nameof(EnvelopeStatus.UnknownFormat))]
    [InlineData(55, 0, nameof(EnvelopeStatus.WrongKey))]
    public void TryOpen_SealedAnewWithOneFieldChanged_SaysWhatIsWrong(int offset, byte value, string expected)
    {
        var bytes = Sealed([1, 2, 3, 4, 5]);
        bytes[offset] = value;

        // Somebody who knows the format: the checksum is right.
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(^8), XxHash3.HashToUInt64(bytes.AsSpan(..^8)));

        Assert.Equal(expected, Open(bytes).ToString());
    }

    [Fact]
    public void Seal_Version1_WritesTheDocumentedBytes()
    {
        var bytes = Sealed([0xAA, 0xBB]);

        // The golden bytes of version 1: a change here means that entries stored by earlier releases can no longer be read.
        Assert.Equal(Golden, Convert.ToHexString(bytes));
    }

    private const string Golden =
        "5241474301020300EFCDAB896745230100030000020000008000B796AB49DE0880C020C1744ADE082C70E12B7A0646F92279F427C7B38E73AABB8F0F6EF130F93E0C";

    private static byte[] Sealed(byte[] payload)
    {
        var bytes = new byte[Envelope.SizeFor(payload.Length)];
        payload.CopyTo(bytes, Envelope.HeaderSize);
        Envelope.Seal(bytes, Header, Key);
        return bytes;
    }

    private static EnvelopeStatus Open(ReadOnlySpan<byte> bytes) => Envelope.TryOpen(bytes, AnswerCodec.Kind, Key, out _, out _);
}
