using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;

namespace RagCaching.Tests.Chat.Requests;

public sealed class ChatBypassTests : IDisposable
{
    private readonly ChatClientFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetResponse_RequestThatCannotBeCached_BypassesWithItsReason()
    {
        await AssertBypassAsync(SemanticCacheReason.Tools, new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] });
        await AssertBypassAsync(SemanticCacheReason.HostedConversation, new ChatOptions { ConversationId = "c1" });
        await AssertBypassAsync(SemanticCacheReason.OpaqueOptions, new ChatOptions { RawRepresentationFactory = _ => null });
        await AssertBypassAsync(SemanticCacheReason.OpaqueOptions, new ChatOptions { AdditionalProperties = new() { ["object"] = new object() } });
        await AssertBypassAsync(SemanticCacheReason.BackgroundResponse, new ChatOptions { AllowBackgroundResponses = true });
        await AssertBypassAsync(SemanticCacheReason.BypassRequested, new ChatOptions().WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass));
        await AssertBypassAsync(SemanticCacheReason.NoUserTurn, null, new ChatMessage(ChatRole.System, "Be kind."));
        await AssertBypassAsync(SemanticCacheReason.NoUserTurn, null, new ChatMessage(ChatRole.User, "Hello"), new ChatMessage(ChatRole.Assistant, "Hel"));
        await AssertBypassAsync(SemanticCacheReason.NonTextContent, null, new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new UriContent("http://localhost/a.png", "image/png")]));
        await AssertBypassAsync(
            SemanticCacheReason.NonTextContent,
            null,
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "one")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", 1)]),
            new ChatMessage(ChatRole.User, "And now?"));
        await AssertBypassAsync(SemanticCacheReason.QuestionTooLong, null, new ChatMessage(ChatRole.User, new string('x', 40_000)));
        await AssertBypassAsync(SemanticCacheReason.BlankQuestion, null, new ChatMessage(ChatRole.User, " "));
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task GetResponse_SameBypassManyTimes_IsLoggedOnceAndCountedEachTime()
    {
        using var requests = _fixture.Cache.Counter("ragcaching.cache.requests");
        for (var i = 0; i < 5; i++)
        {
            await _fixture.AskAsync("What is a cache?", new ChatOptions { ConversationId = "c1" });
        }

        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.ChatBypassId);
        Assert.Equal(5, requests.GetMeasurementSnapshot().Count(measurement => measurement.Tags["ragcaching.cache.request.reason"] is "HostedConversation"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetStatistics_AfterABypassOfTheChatClient_CountsIt(bool streams)
    {
        var options = new ChatOptions { ConversationId = "c1" };
        using var requests = _fixture.Cache.Counter("ragcaching.cache.requests");

        _ = streams ? (await _fixture.StreamAsync("What is a cache?", options)).ToChatResponse() : await _fixture.AskAsync("What is a cache?", options);

        var statistics = _fixture.Cache.Cache.GetStatistics();
        Assert.Equal(1, statistics.Outcomes[SemanticCacheOutcome.Bypass]);
        Assert.Equal(1, statistics.Reasons[SemanticCacheReason.HostedConversation]);
        Assert.Single(requests.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task GetResponse_BypassOfTheCacheItself_IsLoggedOnceToo()
    {
        await _fixture.AskAsync(new string('x', 40_000));
        await _fixture.AskAsync(new string('y', 40_000));

        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.ChatBypassId && record.Message.Contains("QuestionTooLong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetResponse_SelectorOrNormalizerThrows_Bypasses()
    {
        using var selector = new ChatClientFixture(new SemanticCachingChatClientOptions { QuestionSelector = _ => throw new FormatException() });
        using var normalizer = new ChatClientFixture(new SemanticCachingChatClientOptions { InstructionNormalizer = _ => throw new FormatException() });

        var first = await selector.AskAsync("What is a cache?");
        var second = await normalizer.AskAsync("What is a cache?", new ChatOptions { Instructions = "Be kind." });

        Assert.Equal("answer 1", first.Text);
        Assert.Equal(SemanticCacheReason.CallbackFailed, first.GetSemanticCacheResult()!.Reason);
        Assert.Equal(SemanticCacheReason.CallbackFailed, second.GetSemanticCacheResult()!.Reason);
    }

    [Fact]
    public async Task GetResponse_HostedTools_AreNeverComparedAndBypass()
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });

        var response = await fixture.AskAsync("What is a cache?", new ChatOptions { Tools = [new HostedFileSearchTool()] });

        Assert.Equal(SemanticCacheReason.OpaqueOptions, response.GetSemanticCacheResult()!.Reason);
    }

    [Fact]
    public async Task GetResponse_InstructionsDifferInEveryRequest_WarnsOnce()
    {
        for (var i = 0; i < 40; i++)
        {
            await _fixture.AskAsync([new(ChatRole.System, $"It is second {i}."), new(ChatRole.User, "What is a cache?")]);
        }

        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.InstructionsNeverRepeatId);
    }

    [Fact]
    public async Task GetResponse_InstructionsRepeat_DoesNotWarn()
    {
        for (var i = 0; i < 40; i++)
        {
            await _fixture.AskAsync([new(ChatRole.System, $"It is second {i % 20}."), new(ChatRole.User, "What is a cache?")]);
        }

        Assert.DoesNotContain(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.InstructionsNeverRepeatId);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("Yes, please!")]
    [InlineData("continue")]
    [InlineData("And the second one?")]
    [InlineData("What about Rome?")]
    [InlineData("why?")]
    [InlineData("that one")]
    public async Task GetResponse_TurnThatNeedsContext_IsNotMatchedByMeaning(string turn)
    {
        await _fixture.AskAsync(turn);

        Assert.Equal(0, _fixture.Cache.Generator.Calls);
    }

    [Theory]
    [InlineData("What is a cache?")]
    [InlineData("How do I continue a paused download?")]
    [InlineData("Why is the sky blue?")]
    public async Task GetResponse_TurnThatStandsAlone_IsMatchedByMeaning(string turn)
    {
        await _fixture.AskAsync(turn);

        Assert.Equal(1, _fixture.Cache.Generator.Calls);
    }

    private async Task AssertBypassAsync(SemanticCacheReason reason, ChatOptions? options, params ChatMessage[] messages)
    {
        messages = messages.Length == 0 ? [new ChatMessage(ChatRole.User, "What is a cache?")] : messages;
        var calls = _fixture.Inner.Calls;
        for (var i = 0; i < 2; i++)
        {
            var result = (await _fixture.AskAsync(messages, options)).GetSemanticCacheResult()!;
            Assert.Equal(SemanticCacheOutcome.Bypass, result.Outcome);
            Assert.Equal(reason, result.Reason);
        }

        var streamed = await _fixture.Client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(reason, streamed[0].GetSemanticCacheResult()!.Reason);
        Assert.Equal(calls + 3, _fixture.Inner.Calls);
    }
}
