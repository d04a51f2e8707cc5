using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Answers;

/// <summary>Answers for which tools were called behind the cache, and what is declared about those tools.</summary>
public sealed class CacheableToolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ThreeToolsThatRead_SecondRunAsksNeitherModelNorTools(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["read_a"] = null, ["read_b"] = null, ["read_c"] = null } });

        await set.AskAsync(streams, "read_a", "read_b", "read_c");
        var (modelCalls, toolCalls) = (set.Inner.Calls, set.Invocations);
        var again = await set.AskAsync(streams, "read_a", "read_b", "read_c");

        Assert.Equal((4, 3), (modelCalls, toolCalls));
        Assert.Equal((modelCalls, toolCalls), (set.Inner.Calls, set.Invocations));
        Assert.Equal(ToolLoop.Answer, again.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneToolThatWrites_NothingIsStoredAndThatIsSaidOnce(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["read_a"] = null, ["read_b"] = null } });
        using var refusals = set.Cache.Counter("ragcaching.cache.refusals");
        for (var i = 0; i < 3; i++)
        {
            await set.AskAsync(streams, "read_a", "write", "read_b");
        }

        Assert.Empty(set.Cache.Store.Written);
        Assert.Equal(9, set.Invocations);
        Assert.Single(set.Cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains(": ToolNotCacheable.", StringComparison.Ordinal));
        Assert.Equal(3, refusals.GetMeasurementSnapshot().Count(refusal => refusal.Tags["ragcaching.cache.refusal.reason"] is "ToolNotCacheable"));
    }

    [Fact]
    public async Task NoToolIsCacheable_BypassesAndSaysWhatToDo()
    {
        using var set = new ToolLoop(new());

        var response = await set.AskAsync(streams: false, "read_a");

        Assert.Equal(SemanticCacheReason.Tools, response.GetSemanticCacheResult()!.Reason);
        var warning = Assert.Single(set.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.ChatBypassId);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("CacheableTools", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MarkedFunction_IsCacheable(bool isOffered)
    {
        using var set = new ToolLoop(new());
        var marked = set.Tool("read_a").AsCacheable();
        var options = isOffered ? new ChatOptions { Tools = [marked] } : null;
        set.Functions.AdditionalTools = isOffered ? null : [marked];

        await set.AskAsync(streams: false, ["read_a"], options);
        var again = await set.AskAsync(streams: true, ["read_a"], options);

        Assert.True(again.GetSemanticCacheResult()!.IsHit);
        Assert.Equal(1, set.Invocations);
        Assert.Equal(("read_a", "does read_a"), (marked.Name, marked.Description));
    }

    [Fact]
    public async Task TwoToolsOfOneName_OneUnmarked_IsNotCacheable()
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["other"] = null } });
        var options = new ChatOptions { Tools = [set.Tool("read_a").AsCacheable(), set.Tool("read_a"), set.Tool("other")] };

        await set.AskAsync(streams: false, ["read_a"], options);

        Assert.Empty(set.Cache.Store.Written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TimesOfTheTools_TheShortestCounts(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["read_a"] = TimeSpan.FromHours(1), ["*"] = null } });
        var options = new ChatOptions { Tools = [set.Tool("read_a"), set.Tool("read_b").AsCacheable(TimeSpan.FromMinutes(10)), set.Tool("read_c")] };
        await set.AskAsync(streams, ["read_a", "read_b", "read_c"], options);

        set.Cache.Time.Advance(TimeSpan.FromMinutes(9));
        var before = await set.AskAsync(streams, ["read_a", "read_b", "read_c"], options);
        set.Cache.Time.Advance(TimeSpan.FromMinutes(2));
        var after = await set.AskAsync(streams, ["read_a", "read_b", "read_c"], options);

        // The mark of a function counts more than the star, which is for those of which nothing is said.
        Assert.Equal((true, false), (before.GetSemanticCacheResult()!.IsHit, after.GetSemanticCacheResult()!.IsHit));
    }

    [Fact]
    public async Task TimeOfAMark_Counts()
    {
        using var set = new ToolLoop(new());
        var options = new ChatOptions { Tools = [set.Tool("read_a").AsCacheable(TimeSpan.FromMinutes(10))] };
        await set.AskAsync(streams: false, ["read_a"], options);

        set.Cache.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.False((await set.AskAsync(streams: false, ["read_a"], options)).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task RemoveWhere_TagOfATool_RemovesTheAnswersThatItWasCalledFor()
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["*"] = null } });
        await set.AskAsync(streams: false, "read_a", "read_b");

        Assert.Equal(0, await set.Cache.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "tool:read_c" }, Token));
        Assert.Equal(1, await set.Cache.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "tool:read_b" }, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolThatFails_NothingIsStored(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["*"] = null } });
        set.Fails = true;

        var response = await set.AskAsync(streams, "read_a");

        Assert.Equal(ToolLoop.Answer, response.Text);
        Assert.Empty(set.Cache.Store.Written);
        Assert.Single(set.Cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains(": ToolFailed.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolThatNeedsApproval_NothingIsStoredUntilItRan(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["*"] = null } });
        var options = new ChatOptions { Tools = [new ApprovalRequiredAIFunction(set.Tool("read_a"))] };

        var response = await set.AskAsync(streams, ["read_a"], options);

        Assert.Contains(response.Messages.SelectMany(message => message.Contents), content => content is ToolApprovalRequestContent);
        Assert.Empty(set.Cache.Store.Written);
        Assert.Single(set.Cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains(": Approval.", StringComparison.Ordinal));
        Assert.Equal(0, set.Invocations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParallelCalls_AreOneRound(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["*"] = null } });
        set.Functions.AllowConcurrentInvocation = true;

        await set.AskAsync(streams, "read_a+read_b+read_c");
        var again = await set.AskAsync(streams, "read_a+read_b+read_c");

        Assert.Equal((2, 3), (set.Inner.Calls, set.Invocations));
        Assert.Equal(ToolLoop.Answer, again.Text);
    }

    /// <summary>Before the cache: it sees each round by itself. An answer that asks for a call is never stored, and one with results is no question.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FunctionInvocationBeforeTheCache_NothingIsStoredAndWhyIsSaid(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["*"] = null } }, isOutside: true);

        await set.AskAsync(streams, "read_a");
        await set.AskAsync(streams, "read_a");

        Assert.Equal((4, 2), (set.Inner.Calls, set.Invocations));
        Assert.Empty(set.Cache.Store.Written);
        Assert.Single(set.Cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains(": ToolCall.", StringComparison.Ordinal));
        Assert.Single(set.Cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Id.Id == Log.ChatBypassId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeepToolCalls_AreReplayedToThoseWhoAskForThem(bool streams)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["*"] = null } });
        var keeping = new ChatOptions { Tools = [set.Tool("read_a")] }.WithSemanticCache(request => request.KeepToolCalls = true);
        var first = await set.AskAsync(streams, ["read_a"], keeping);
        var again = await set.AskAsync(streams, ["read_a"], keeping);
        var otherWay = await set.AskAsync(!streams, ["read_a"], keeping);
        var without = await set.AskAsync(streams, ["read_a"], new ChatOptions { Tools = [set.Tool("read_a")] });

        Assert.All((ChatResponse[])[again, otherWay], hit =>
        {
            Assert.True(hit.GetSemanticCacheResult()!.IsHit);
            Assert.Equal(Written(first), Written(hit));
            Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], hit.Messages.Select(message => message.Role));
            Assert.True(hit.Messages[0].Contents.OfType<FunctionCallContent>().Single().InformationalOnly);
        });
        Assert.False(without.GetSemanticCacheResult()!.IsHit);
    }

    /// <summary>What a tool returns is a part of a stored answer only where it is asked for.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeepToolCalls_ResultWithoutAJsonForm_IsNotStored(bool keeps)
    {
        using var cache = new CacheFixture();
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("1", "draw")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", new DataContent(new byte[] { 1 }, "image/png"))]),
            new(ChatRole.Assistant, "Done."),
        ];

        var result = await cache.Cache.GetOrCreateAsync(
            "Draw a cat.",
            (context, _) =>
            {
                context.CacheableTools["draw"] = null;
                context.KeepToolCalls = keeps;
                return Task.FromResult(new ChatResponse(messages));
            },
            Token);

        Assert.Equal("Done.", result.Response!.Messages[^1].Text);
        Assert.Equal(keeps, result.EntryId is null);
    }

    /// <summary>A stream in which tools are called is given to those who joined when it is known that it may be.</summary>
    [Theory]
    [InlineData("read_a", 2)]
    [InlineData("write", 4)]
    public async Task ConcurrentStreams_ShareALoopThatIsStored(string tool, int modelCalls)
    {
        using var set = new ToolLoop(new() { CacheableTools = { ["read_a"] = null } });
        var options = new ChatOptions { Tools = [set.Tool("read_a"), set.Tool("write")] };
        set.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(() => set.AskAsync(streams: true, [tool], options), Token);
        while (set.Waiting == 0)
        {
            await Task.Yield();
        }

        var second = set.AskAsync(streams: true, [tool], options);
        set.Gate.SetResult();

        Assert.Equal((ToolLoop.Answer, ToolLoop.Answer), ((await first).Text, (await second).Text));
        Assert.Equal(modelCalls, set.Inner.Calls);
    }

    [Fact]
    public void AsCacheable_TimeThatIsNotPositive_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AIFunctionFactory.Create(() => 1, "one").AsCacheable(TimeSpan.Zero));

    [Theory]
    [InlineData(" ", null, "blank")]
    [InlineData("read", 0, "read")]
    [InlineData("read", -1, "read")]
    public void Constructor_CacheableToolsOutOfRange_NamesTheTool(string name, int? seconds, string expected)
    {
        var options = new SemanticCachingChatClientOptions { CacheableTools = { [name] = seconds is { } time ? TimeSpan.FromSeconds(time) : null } };

        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new ToolLoop(options));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Written(ChatResponse response) => response.Messages.SelectMany(message => message.Contents).Select(content => content switch
    {
        FunctionCallContent call => $"{call.CallId} {call.Name} {string.Join(',', call.Arguments?.Select(argument => $"{argument.Key}={argument.Value}") ?? [])}",
        FunctionResultContent result => $"{result.CallId} {result.Result}",
        TextContent text => text.Text,
        _ => "",
    }).Where(text => text.Length > 0);
}
