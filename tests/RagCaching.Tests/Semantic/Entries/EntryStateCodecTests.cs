using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;
using RagCaching.Semantic.Entries;

namespace RagCaching.Tests.Semantic.Entries;

public sealed class EntryStateCodecTests
{
    private static readonly Digest Key = new(SHA256.HashData("key"u8));
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly Gen<EntryState> States = Gen.Select(
        Gen.String[0, 50],
        Gen.Int[0, 1000],
        Gen.Int[0, 1000],
        Gen.Byte.Array[0, 8].Array[0, EntryState.MaxRejected],
        (question, right, wrong, rejected) => new EntryState
        {
            Nonce = EntryId.New("p", "q").Nonce,
            Question = question,
            Right = right,
            Wrong = wrong,
            Group = (ulong)right * 0x9E3779B97F4A7C15,
            Rejected = [.. rejected.Select(bytes => new Digest(SHA256.HashData(bytes)).ToShortText())],
        });

    [Fact]
    public void TryDecode_WhatEncodeWrote_IsEqual()
    {
        States.Sample(state =>
        {
            var decoded = EntryStateCodec.TryDecode(Encode(state), Key)!;

            return decoded.Nonce == state.Nonce && decoded.Question == state.Question && decoded.Right == state.Right
                && decoded.Wrong == state.Wrong && decoded.Group == state.Group && decoded.Rejected.SequenceEqual(state.Rejected);
        });
    }

    [Fact]
    public void TryDecode_UnpairedSurrogates_Survive()
    {
        var state = new EntryState { Nonce = EntryId.New("p", "q").Nonce, Question = "\ud800x\udfff" };

        Assert.Equal(state.Question, EntryStateCodec.TryDecode(Encode(state), Key)!.Question);
    }

    [Fact]
    public void TryDecode_AnotherKeyTruncatedOrRandom_IsNull()
    {
        var bytes = Encode(new EntryState { Nonce = EntryId.New("p", "q").Nonce, Question = "What is a cache?" });

        Assert.Null(EntryStateCodec.TryDecode(bytes, new Digest(SHA256.HashData("other"u8))));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(EntryStateCodec.TryDecode(bytes.AsSpan(0, length), Key));
        }

        Gen.Byte.Array[0, 200].Sample(random => EntryStateCodec.TryDecode(random, Key) is null);
    }

    [Fact]
    public void TryDecode_PayloadThatNobodyEncoded_IsNullOrConsistent()
    {
        // A right checksum over any payload at all: the decoder must not trust the payload's own lengths.
        Gen.Byte.Array[0, 120].Sample(payload => EntryStateCodec.TryDecode(Sealed(payload), Key) is not { } state || state.Rejected.Count <= EntryState.MaxRejected);
    }

    [Theory]
    [InlineData(EntryState.MaxRejected, true)]
    [InlineData(EntryState.MaxRejected + 1, false)]
    [InlineData(64, false)]
    [InlineData(-1, false)]
    [InlineData(int.MinValue, false)]
    public void TryDecode_CountOfRejectedQuestionsOutOfRange_IsNull(int count, bool isRead)
    {
        var payload = new byte[36 + (16 * 80)];
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(32), count);

        Assert.Equal(isRead, EntryStateCodec.TryDecode(Sealed(payload), Key) is not null);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(7, false)]
    public void TryDecode_QuestionOfAnOddNumberOfBytes_IsNull(int length, bool isRead) =>
        Assert.Equal(isRead, EntryStateCodec.TryDecode(Sealed(new byte[36 + length]), Key) is not null);

    [Fact]
    public void Encode_Version1_WritesTheDocumentedBytes()
    {
        var state = new EntryState
        {
            Nonce = "AAECAwQFBgcICQoLDA0ODw",
            Question = "Why?",
            Right = 1,
            Wrong = 2,
            Group = 0x1122334455667788,
            Rejected = ["EBESExQVFhcYGRobHB0eHw"],
        };

        var payload = Encode(state).AsSpan(Envelope.HeaderSize, 60);

        Assert.Equal("000102030405060708090A0B0C0D0E0F" + "01000000" + "02000000" + "8877665544332211" + "01000000" + "101112131415161718191A1B1C1D1E1F" + "5700680079003F00", Convert.ToHexString(payload));
    }

    private static byte[] Sealed(byte[] payload)
    {
        var bytes = new byte[Envelope.SizeFor(payload.Length)];
        payload.CopyTo(bytes, Envelope.HeaderSize);
        Envelope.Seal(bytes, new EnvelopeHeader(EntryStateCodec.Kind, 0, 0, 0, Created, Created), Key);
        return bytes;
    }

    private static byte[] Encode(EntryState state) => EntryStateCodec.Encode(state, Key, Created, Created.AddDays(1));
}
