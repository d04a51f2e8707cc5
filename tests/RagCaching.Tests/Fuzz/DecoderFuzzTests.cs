using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.ErrorBudgets.State;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Tests.Fuzz;

/// <summary>What comes back from a store: no bytes make a decoder throw or allocate more than they could fill, and of a golden entry no cut and no flipped bit is taken for an entry.</summary>
public sealed class DecoderFuzzTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly EmbeddingVariant Variant = new EmbeddingIdentity(new EmbeddingGeneratorMetadata("test", null, "model", 4), null, []).Default;
    private static readonly Digest Key = KeyOf("key");
    private static readonly string Nonce = Convert.ToBase64String(new byte[16]).TrimEnd('=');
    private static readonly CachedVector Vector = new(new[] { 0.5f, -1f, 0.25f, 3f }, Now, Now + TimeSpan.FromHours(1), 0);

    private static readonly byte[] State = EntryStateCodec.Encode(
        new EntryState { Nonce = Nonce, Question = "How do I reset my password? 🔑", Right = 1, Wrong = 2, Group = 7, Rejected = [KeyOf("rejected").ToShortText(), KeyOf("another").ToShortText()] }, Key, Now, Now + TimeSpan.FromHours(1));

    private static readonly byte[] Answer = AnswerOf(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Press the \"button\" 🔑.")) { FinishReason = ChatFinishReason.Stop, ModelId = "model" });

    private static readonly byte[] Learnt = LearningEventCodec.Encode(new LearningEvent
    {
        Kind = LearningEventKind.Answered,
        Group = 3,
        At = Now,
        IsRight = true,
        Nonce = Nonce,
        StoredAt = Now,
        Vector = [0.5f, 1f],
        FirstVector = [1f, 2f, 3f],
    });

    public static TheoryData<string> Decoders => ["state", "answer", "full", "half", "quantized"];

    private static Digest KeyOf(string text) => new DigestBuilder(default, text).Complete([]);

    private static byte[] AnswerOf(ChatResponse response)
    {
        var recorder = new AnswerRecorder(new RecordingRules(1 << 20));
        recorder.Add(response);
        _ = recorder.TryComplete(out var answer);
        return AnswerCodec.Encode(AnswerCodec.ToJson(answer!), Nonce, Key, Now, Now + TimeSpan.FromHours(1));
    }

    private static byte[] EmbeddingOf(EmbeddingPrecision precision)
    {
        var bytes = new byte[EmbeddingEnvelope.SizeFor(precision, Vector.Vector.Length)];
        EmbeddingEnvelope.Write(bytes, precision, Vector, Variant, Key);
        return bytes;
    }

    private static byte[] Golden(string decoder) => decoder switch
    {
        "state" => State,
        "answer" => Answer,
        "full" => EmbeddingOf(EmbeddingPrecision.Full),
        "half" => EmbeddingOf(EmbeddingPrecision.Half),
        _ => EmbeddingOf(EmbeddingPrecision.Quantized),
    };

    private static object? Decode(string decoder, ReadOnlySpan<byte> bytes) => decoder switch
    {
        "state" => EntryStateCodec.TryDecode(bytes, Key),
        "answer" => AnswerCodec.TryDecode(bytes, Nonce, Key),
        _ => EmbeddingEnvelope.TryRead(bytes, EmbeddingPrecision.Quantized, Variant, Key, out _, out _),
    };

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Decode_EveryTruncationAndEveryFlippedBit_IsRefused(string decoder)
    {
        var golden = Golden(decoder);
        Assert.NotNull(Decode(decoder, golden));
        for (var length = 0; length < golden.Length; length++)
        {
            Assert.Null(Decode(decoder, golden.AsSpan(0, length)));
            Assert.Null(Decode(decoder, golden.AsSpan(golden.Length - length)));
        }

        for (var bit = 0; bit < golden.Length * 8; bit++)
        {
            var changed = golden.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Decode(decoder, changed));
        }
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Decode_RandomChanges_AreRefused(string decoder)
    {
        var golden = Golden(decoder);
        FuzzRun.Run(random =>
        {
            var bytes = FuzzRun.Mutate(random, golden, State, Answer);
            Assert.True(bytes.AsSpan().SequenceEqual(golden) || Decode(decoder, bytes) is null);
        });
    }

    // Whoever can write to a store can also write checksums; then the decoder behind the envelope is all there is.
    [Theory]
    [MemberData(nameof(Decoders))]
    public void Decode_RandomChangesUnderARightChecksum_NeverThrowsAndAllocatesWhatIsThere(string decoder)
    {
        var golden = Golden(decoder);
        var payload = golden.AsSpan(Envelope.HeaderSize, golden.Length - Envelope.Overhead).ToArray();
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(golden.AsSpan(16));
        var accepted = 0;
        _ = Decode(decoder, golden);
        FuzzRun.Run(random =>
        {
            var changed = FuzzRun.Mutate(random, payload);
            var bytes = new byte[Envelope.SizeFor(changed.Length)];
            golden.AsSpan(0, Envelope.HeaderSize).CopyTo(bytes);
            changed.CopyTo(bytes.AsSpan(Envelope.HeaderSize));
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), random.Next(4) == 0 ? random.Next(-2, 1 << 21) : dimensions);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), changed.Length);
            if (random.Next(8) == 0)
            {
                bytes[6] = (byte)random.Next(5);
            }

            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            accepted += Decode(decoder, bytes) is null ? 0 : 1;

            // The parser of JSON has its own state and its exception; the rest is what is returned.
            FuzzRun.AssertAllocates(before, bytes.Length, perByte: 64, allowance: 40_000);
        });

        Assert.True(accepted > 0, "The changes never reached the decoder behind the envelope.");
    }

    [Fact]
    public void LearningEvent_RandomChanges_NeverThrowsAndAllocatesWhatIsThere()
    {
        Assert.NotNull(LearningEventCodec.TryDecode(Learnt));
        var accepted = 0;
        FuzzRun.Run(random =>
        {
            var bytes = FuzzRun.Mutate(random, Learnt);
            var before = GC.GetAllocatedBytesForCurrentThread();
            accepted += LearningEventCodec.TryDecode(bytes) is null ? 0 : 1;
            FuzzRun.AssertAllocates(before, bytes.Length, perByte: 16, allowance: 4_000);
        });
        Assert.True(accepted > 0);
        for (var length = 0; length < Learnt.Length; length++)
        {
            Assert.Null(LearningEventCodec.TryDecode(Learnt.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Answer_DeeplyNestedJson_IsRefusedWithoutBeingFollowed()
    {
        foreach (var depth in new[] { 63, 65, 100_000 })
        {
            var json = System.Text.Encoding.UTF8.GetBytes($$"""{"version":2,"messages":{{new string('[', depth)}}{{new string(']', depth)}}}""");

            Assert.Null(AnswerCodec.TryDecode(AnswerCodec.Encode(json, Nonce, Key, Now, Now), Nonce, Key));
        }
    }

    [Fact]
    public void Decode_LargerThanAnyEntry_IsRefusedUnparsed()
    {
        var question = new EntryState { Nonce = Nonce, Question = new string('a', (1 << 20) + 1) };

        Assert.Null(EntryStateCodec.TryDecode(EntryStateCodec.Encode(question, Key, Now, Now), Key));
        Assert.NotNull(EntryStateCodec.TryDecode(EntryStateCodec.Encode(new EntryState { Nonce = Nonce, Question = new string('a', 1 << 20) }, Key, Now, Now), Key));
    }
}
