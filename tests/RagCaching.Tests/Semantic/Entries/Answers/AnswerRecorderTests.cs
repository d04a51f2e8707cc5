using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Tests.Semantic.Entries.Answers;

public sealed class AnswerRecorderTests
{
    public static TheoryData<string> Refused => [.. Responses.Keys];

    private static Dictionary<string, (ChatResponse Response, AnswerRefusal Refusal)> Responses { get; } = new()
    {
        ["cut off"] = (Response(new TextContent("a"), ChatFinishReason.Length), AnswerRefusal.NotFinished),
        ["filtered"] = (Response(new TextContent("a"), ChatFinishReason.ContentFilter), AnswerRefusal.NotFinished),
        ["tool calls"] = (Response(new TextContent("a"), ChatFinishReason.ToolCalls), AnswerRefusal.NotFinished),
        ["empty"] = (Response(new TextContent(""), ChatFinishReason.Stop), AnswerRefusal.NoText),
        ["blank"] = (Response(new TextContent(" \n"), ChatFinishReason.Stop), AnswerRefusal.NoText),
        ["reasoning only"] = (Response(new TextReasoningContent("a"), ChatFinishReason.Stop), AnswerRefusal.NoText),
        ["tool call"] = (Response(new FunctionCallContent("1", "one"), ChatFinishReason.Stop), AnswerRefusal.ToolCall),
        ["tool call in another client's words"] = (Response(new FunctionCallContent("1", "one") { InformationalOnly = true }, ChatFinishReason.Stop), AnswerRefusal.ToolNotCacheable),
        ["approval"] = (Response(new ToolApprovalRequestContent("1", new FunctionCallContent("1", "one")), ChatFinishReason.Stop), AnswerRefusal.Approval),
        ["unknown item"] = (Response(new AIContent { RawRepresentation = new object() }, ChatFinishReason.Stop), AnswerRefusal.Content),
        ["error"] = (Response(new ErrorContent("no"), ChatFinishReason.Stop), AnswerRefusal.Content),
        ["image"] = (Response(new UriContent("http://localhost/a.png", "image/png"), ChatFinishReason.Stop), AnswerRefusal.Content),
        ["annotation of another kind"] = (Response(new TextContent("a") { Annotations = [new AIAnnotation()] }, ChatFinishReason.Stop), AnswerRefusal.Content),
        ["region of another kind"] = (Response(new TextContent("a") { Annotations = [new CitationAnnotation { AnnotatedRegions = [new AnnotatedRegion()] }] }, ChatFinishReason.Stop), AnswerRefusal.Content),
        ["citation that is no text"] = (Response(new TextContent("a") { Annotations = [new CitationAnnotation { Snippet = "\ud800" }] }, ChatFinishReason.Stop), AnswerRefusal.Content),
        ["half a surrogate pair"] = (Response(new TextContent("a\ud83d"), ChatFinishReason.Stop), AnswerRefusal.Content),
        ["tool message"] = (new ChatResponse(new ChatMessage(ChatRole.Tool, "a")) { FinishReason = ChatFinishReason.Stop }, AnswerRefusal.Content),
        ["hosted conversation"] = (new ChatResponse(new ChatMessage(ChatRole.Assistant, "a")) { FinishReason = ChatFinishReason.Stop, ConversationId = "c" }, AnswerRefusal.Hosted),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryComplete_MessageBeforeACall_IsNotTheAnswer(bool streams)
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000, new Dictionary<string, TimeSpan?> { ["look"] = null }));
        var response = new ChatResponse(
        [
            new ChatMessage(ChatRole.Assistant, "Let me see.") { MessageId = "1" },
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "look")]) { MessageId = "2" },
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "a cat")]) { MessageId = "3" },
            new ChatMessage(ChatRole.Assistant, "A cat.") { MessageId = "4" },
        ])
        { FinishReason = ChatFinishReason.Stop };
        foreach (var update in streams ? response.ToChatResponseUpdates() : [])
        {
            recorder.Add(update);
        }

        if (!streams)
        {
            recorder.Add(response);
        }

        Assert.Equal(AnswerRefusal.None, recorder.TryComplete(out var answer));
        Assert.Equal("A cat.", Assert.Single(Assert.Single(answer!.Messages).Parts).Text);
        Assert.Equal(["look"], recorder.Tools.Names);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryComplete_AnswerThatCannotBeServedAgain_IsRefusedWholeAndStreamed(string name)
    {
        var (response, refusal) = Responses[name];
        var whole = new AnswerRecorder(new RecordingRules(1_000));
        whole.Add(response);
        var streamed = new AnswerRecorder(new RecordingRules(1_000));
        foreach (var update in response.ToChatResponseUpdates())
        {
            streamed.Add(update);
        }

        Assert.Equal(refusal, whole.TryComplete(out var answer));
        Assert.Null(answer);
        Assert.Equal(refusal, streamed.TryComplete(out answer));
        Assert.Null(answer);
    }

    [Fact]
    public void TryComplete_Usage_IsAddedUp()
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000));
        recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("a"), new UsageContent(new UsageDetails { InputTokenCount = 1, OutputTokenCount = 2 })]));
        recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 3 })]) { FinishReason = ChatFinishReason.Stop });

        recorder.TryComplete(out var answer);

        Assert.Equal(4, answer!.Usage!.InputTokens);
        Assert.Equal(2, answer.Usage.OutputTokens);
    }

    private static ChatResponse Response(AIContent content, ChatFinishReason? reason) => new(new ChatMessage(ChatRole.Assistant, [content])) { FinishReason = reason };
}
