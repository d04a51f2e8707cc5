using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Entries.Answers;

public sealed class FinishReasonTests
{
    [Theory]
    [InlineData(true, "stop")]
    [InlineData(true, "STOP")]
    [InlineData(true, "end_turn")]
    [InlineData(true, "eos")]
    [InlineData(true, "eos_token")]
    [InlineData(true, "stop_sequence")]
    [InlineData(true, "end-turn")]
    [InlineData(true, "completed")]
    [InlineData(true, "tool_calls,stop")]
    [InlineData(true, "tool_use,end_turn")]
    [InlineData(true, "ToolCalls,Stop")]
    [InlineData(true, "stop,")]
    [InlineData(false, "length,stop")]
    [InlineData(false, "stop,length")]
    [InlineData(false, "content_filter,stop")]
    [InlineData(false, "stop,content_filter,stop")]
    [InlineData(false, "max_tokens,end_turn")]
    [InlineData(false, "tool_calls")]
    [InlineData(false, "stop,tool_calls")]
    [InlineData(false, "safety,eos")]
    [InlineData(false, "recitation")]
    [InlineData(false, "something_new")]
    [InlineData(false, "")]
    public void TryComplete_SeveralReasonsInAStream_TheWorstCounts(bool isFinished, string reasons)
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000));
        foreach (var reason in reasons.Split(','))
        {
            recorder.Add(new ChatResponseUpdate(ChatRole.Assistant, "a") { FinishReason = reason.Length == 0 ? null : new ChatFinishReason(reason) });
        }

        Assert.Equal(isFinished ? AnswerRefusal.None : AnswerRefusal.NotFinished, recorder.TryComplete(out _));
    }

    [Theory]
    [InlineData("stop", "stop", true)]
    [InlineData("length", "stop", false)]
    [InlineData("content_filter", "stop", false)]
    [InlineData("stop", "length", false)]
    [InlineData("max_tokens", "end_turn", false)]
    [InlineData(null, null, true)]
    public void TryComplete_SeveralWholeAnswers_TheWorstCounts(string? first, string? second, bool isFinished)
    {
        var recorder = new AnswerRecorder(new RecordingRules(1_000));
        foreach (var reason in (string?[])[first, second])
        {
            recorder.Add(new ChatResponse(new ChatMessage(ChatRole.Assistant, "a")) { FinishReason = reason is null ? null : new ChatFinishReason(reason) });
        }

        Assert.Equal(isFinished ? AnswerRefusal.None : AnswerRefusal.NotFinished, recorder.TryComplete(out _));
    }

    /// <summary>Semantic Kernel's chat completion services say why they ended among the properties, in words of its own.</summary>
    [Theory]
    [InlineData("Stop", true)]
    [InlineData("Length", false)]
    [InlineData("ContentFilter", false)]
    [InlineData("ToolCalls", false)]
    [InlineData(null, null)]
    public void TryComplete_ReasonAmongTheProperties_IsRead(string? reason, bool? isFinished)
    {
        var properties = new AdditionalPropertiesDictionary { ["FinishReason"] = reason };
        var streamed = new AnswerRecorder(new RecordingRules(1_000));
        streamed.Add(new ChatResponseUpdate(ChatRole.Assistant, "a"));
        streamed.Add(new ChatResponseUpdate { AdditionalProperties = properties });
        var whole = new AnswerRecorder(new RecordingRules(1_000));
        whole.Add(new ChatResponse(new ChatMessage(ChatRole.Assistant, "a") { AdditionalProperties = properties }));

        Assert.Equal(isFinished == true ? AnswerRefusal.None : AnswerRefusal.NotFinished, streamed.TryComplete(out _));
        Assert.Equal(isFinished == false ? AnswerRefusal.NotFinished : AnswerRefusal.None, whole.TryComplete(out _));
    }

    [Fact]
    public async Task GetOrCreate_WholeAnswerWithoutAReason_IsStored()
    {
        using var fixture = new CacheFixture();

        await fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "A memory."))), TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await fixture.AskAsync("What is a cache?")).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_AnswersThatAreNeverStored_EachReasonIsSaidOnceWithWhatToDo()
    {
        using var fixture = new CacheFixture(options => options.Limits.MaxAnswerBytes = 1_000);
        (ChatResponse Response, string Reason, string Advice)[] cases =
        [
            (Response(new TextContent("a"), ChatFinishReason.Length), "NotFinished", "ChatFinishReason.Stop"),
            (Response(new TextContent("a"), new ChatFinishReason("odd")), "NotFinished", "ChatFinishReason.Stop"),
            (Response(new TextContent(" "), ChatFinishReason.Stop), "NoText", "no text"),
            (Response(new FunctionCallContent("1", "one"), ChatFinishReason.Stop), "ToolCall", "UseFunctionInvocation"),
            (new ChatResponse([new(ChatRole.Assistant, [new FunctionCallContent("1", "one")]), new(ChatRole.Tool, [new FunctionResultContent("1", 1)]), new(ChatRole.Assistant, "a")]), "ToolNotCacheable", "CacheableTools"),
            (Response(new ToolApprovalRequestContent("1", new FunctionCallContent("1", "one")), ChatFinishReason.Stop), "Approval", "approval"),
            (Response(new UriContent("http://localhost/a.png", "image/png"), ChatFinishReason.Stop), "Content", "Bypass"),
            (new ChatResponse(new ChatMessage(ChatRole.Assistant, "a")) { ConversationId = "c" }, "Hosted", "StoreHosted"),
            (Response(new TextContent(new string('x', 2_000)), ChatFinishReason.Stop), "TooLarge", "MaxAnswerBytes"),
        ];
        foreach (var (response, _, _) in cases.Concat(cases))
        {
            await fixture.Cache.GetOrCreateAsync("What is a cache?", _ => Task.FromResult(response), TestContext.Current.CancellationToken);
        }

        var warnings = fixture.Logs.GetSnapshot().Where(record => record.Id.Id == Log.AnswersNotStoredId).ToArray();
        Assert.Equal(8, warnings.Length);
        Assert.All(warnings, warning => Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, warning.Level));
        Assert.All(cases, expected => Assert.Single(
            warnings, warning => warning.Message.Contains($": {expected.Reason}.", StringComparison.Ordinal) && warning.Message.Contains(expected.Advice, StringComparison.Ordinal)));
    }

    private static ChatResponse Response(AIContent content, ChatFinishReason? reason) => new(new ChatMessage(ChatRole.Assistant, [content])) { FinishReason = reason };
}
