using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Tests.Semantic.Entries;

public sealed class AnswerCodecTests
{
    private const string Nonce = "AAECAwQFBgcICQoLDA0ODw";
    private static readonly Digest Key = new(SHA256.HashData("key"u8));
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void TryDecode_AnyRecordedPieces_ReplayAsTheyCame()
    {
        Gen.Select(Gen.Bool, Gen.Char.AlphaNumeric.Array[0, 8].Select(characters => new string(characters))).Array[1, 12].Sample(pieces =>
        {
            var recorder = new AnswerRecorder(new RecordingRules(1_000));
            foreach (var (isReasoning, text) in pieces)
            {
                recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, [isReasoning ? new TextReasoningContent(text) : new TextContent(text)]));
            }

            recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, "end") { FinishReason = ChatFinishReason.Stop });
            Assert.Equal(AnswerRefusal.None, recorder.TryComplete(out var answer));

            var replayed = AnswerPlayer.ToUpdates(RoundTrip(answer!)).SelectMany(update => update.Contents)
                .Select(content => content is TextReasoningContent reasoning ? (true, reasoning.Text) : (false, ((TextContent)content).Text));
            return replayed.SequenceEqual([.. pieces, (false, "end")]);
        });
    }

    [Fact]
    public void TryDecode_WholeResponse_KeepsModelIdTimeAuthorAndReasoning()
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000));
        recorder.Add(new ChatResponse(
        [
            new(ChatRole.Assistant, [new TextReasoningContent("thinking") { ProtectedData = "opaque" }, new TextContent("first")]) { AuthorName = "bot" },
            new(ChatRole.Assistant, "second"),
        ])
        {
            FinishReason = ChatFinishReason.Stop,
            ModelId = "model-x",
            ResponseId = "r1",
            CreatedAt = Created,
        });
        recorder.TryComplete(out var answer);

        var response = AnswerPlayer.ToResponse(RoundTrip(answer!));

        Assert.Equal(2, response.Messages.Count);
        Assert.Equal("bot", response.Messages[0].AuthorName);
        var reasoning = Assert.IsType<TextReasoningContent>(response.Messages[0].Contents[0]);
        Assert.Equal("opaque", reasoning.ProtectedData);
        Assert.Equal("thinking", reasoning.Text);
        Assert.Equal("second", response.Messages[1].Text);
        Assert.Equal("model-x", response.ModelId);
        Assert.Equal("r1", response.ResponseId);
        Assert.Equal(Created, response.CreatedAt);
        Assert.NotEqual(response.Messages[0].MessageId, AnswerPlayer.ToResponse(answer!).Messages[0].MessageId);
    }

    [Fact]
    public void TryDecode_SurrogatePairSplitBetweenPieces_Survives()
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000));
        recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, "a\ud83d"));
        recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, "\ude00b") { FinishReason = ChatFinishReason.Stop });
        recorder.TryComplete(out var answer);

        var texts = AnswerPlayer.ToUpdates(RoundTrip(answer!)).Select(update => update.Text).Where(text => text.Length > 0);

        Assert.Equal(["a\ud83d", "\ude00b"], texts);
    }

    [Fact]
    public void TryDecode_AnotherNonceOrKeyOrAnyTruncation_IsNull()
    {
        var bytes = Encode("{}"u8);
        var valid = Encode(Json("a"));

        Assert.Null(AnswerCodec.TryDecode(bytes, Nonce, Key));
        Assert.NotNull(AnswerCodec.TryDecode(valid, Nonce, Key));
        Assert.Null(AnswerCodec.TryDecode(valid, EntryId.New("p", "q").Nonce, Key));
        Assert.Null(AnswerCodec.TryDecode(valid, Nonce, new Digest(SHA256.HashData("other"u8))));
        for (var length = 0; length < valid.Length; length++)
        {
            Assert.Null(AnswerCodec.TryDecode(valid.AsSpan(0, length), Nonce, Key));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"messages\":[]}")]
    [InlineData("{\"version\":3,\"messages\":[]}")]
    [InlineData("{\"version\":2,\"messages\":[],\"sources\":[]}")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":2,\"messages\":null}")]
    [InlineData("{\"version\":2,\"messages\":[null]}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[null]}]}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[{\"text\":\"abc\",\"pieces\":[1]}]}]}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[{\"text\":\"abc\",\"pieces\":[4,-1]}]}]}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[{\"text\":null,\"pieces\":[]}]}]}")]
    [InlineData("{\"version\":2,\"messages\":[],\"$type\":\"System.Object\"}")]
    [InlineData("{\"version\":2,\"messages\":[],\"surprise\":1}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[{\"text\":\"a\",\"pieces\":[1],\"citations\":[null]}]}]}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[{\"text\":\"a\",\"pieces\":[1],\"citations\":[{\"spans\":[null]}]}]}]}")]
    [InlineData("{\"version\":2,\"messages\":[{\"parts\":[{\"text\":\"ab\",\"pieces\":[1,1],\"citations\":[{}]}]}]}")]
    public void TryDecode_JsonOfAnotherShape_IsNull(string json)
    {
        Assert.Null(AnswerCodec.TryDecode(Encode(Encoding.UTF8.GetBytes(json)), Nonce, Key));
    }

    [Fact]
    public void ToJson_Version1_WritesTheDocumentedForm()
    {
        Assert.Equal(
            "{\"version\":2,\"messages\":[{\"parts\":[{\"isReasoning\":false,\"text\":\"a\",\"pieces\":[1]}]}]}", Encoding.UTF8.GetString(Json("a")));
    }

    private static byte[] Json(string text)
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000));
        recorder.Add(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop });
        recorder.TryComplete(out var answer);
        return AnswerCodec.ToJson(answer!);
    }

    private static StoredAnswer RoundTrip(StoredAnswer answer) => AnswerCodec.TryDecode(Encode(AnswerCodec.ToJson(answer)), Nonce, Key)!;

    private static byte[] Encode(ReadOnlySpan<byte> json) => AnswerCodec.Encode(json, Nonce, Key, Created, Created.AddDays(1));
}
