using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests;

public sealed class PipelineScopeTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private CacheScope? _current = CacheScope.For("A");

    public PipelineScopeTests() => _fixture.Services.Add<ICacheScopeProvider>(new ScopeDouble(() => _current));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Stream_ReadAfterTheCallerChanged_IsRetrievedAndStoredForWhoAsked()
    {
        CacheScope? seen = null;
        _fixture.Retriever.Callback = (request, _) =>
        {
            seen = request.Scope;
            return ValueTask.FromResult<IReadOnlyList<RetrievedChunk>>([.. _fixture.Retriever.Chunks]);
        };
        var asked = _fixture.Pipeline.StreamAsync(Question, cancellationToken: Token);
        _current = CacheScope.For("B");
        await asked.ToListAsync(Token);

        Assert.Equal(CacheScope.For("A"), seen);
        Assert.False((await _fixture.AskAsync(Question)).IsHit);
        _current = CacheScope.For("A");
        Assert.True((await _fixture.AskAsync(Question)).IsHit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_ReadElsewhere_RetrieversSelectorsAndModelsFindTheAmbientValuesOfTheCall(bool retrievesEarly)
    {
        var ambient = new AsyncLocal<string?> { Value = "A" };
        var seen = new ConcurrentQueue<string>();
        _fixture.Options.RetrieveDuringLookup = retrievesEarly;
        _fixture.Retriever.Callback = async (_, _) =>
        {
            seen.Enqueue($"retriever {ambient.Value}");
            await Task.Yield();
            seen.Enqueue($"retriever, later {ambient.Value}");
            return [.. _fixture.Retriever.Chunks];
        };
        _fixture.Services.Add<IModelSelector>(new SelectorDouble { Models = [null], Choose = _ => Choose() });
        _fixture.Chat.StreamCallback = (_, _, _) => Answer();
        var asked = _fixture.Pipeline.StreamAsync(Question, cancellationToken: Token);
        ambient.Value = "B";
        await foreach (var update in asked)
        {
            Assert.Equal("B", ambient.Value);
        }

        Assert.Equal(["model A", "model, later A", "retriever A", "retriever, later A", "selector A"], seen.Order(StringComparer.Ordinal));

        ModelChoice Choose()
        {
            seen.Enqueue($"selector {ambient.Value}");
            return new ModelChoice(null);
        }

        async IAsyncEnumerable<ChatResponseUpdate> Answer()
        {
            seen.Enqueue($"model {ambient.Value}");
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Ten");
            seen.Enqueue($"model, later {ambient.Value}");
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, " euros.") { FinishReason = ChatFinishReason.Stop };
        }
    }

    [Fact]
    public async Task Stream_ArgumentsChangedBeforeItIsRead_AreThoseOfTheCall()
    {
        var options = new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For("C"));
        var messages = new List<ChatMessage> { new(ChatRole.User, Question) };
        var asked = _fixture.Pipeline.StreamAsync(messages, options, Token);
        options.AdditionalProperties!.Clear();
        messages[0] = new ChatMessage(ChatRole.User, "Something else?");
        await asked.ToListAsync(Token);

        Assert.True((await _fixture.AskAsync(Question, new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For("C")))).IsHit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ask_ProviderFails_IsLoggedWithItsTypeAndRetrievesNothing(bool streams)
    {
        _fixture.Services.Add<ICacheScopeProvider>(new ScopeDouble(() => throw new TimeZoneNotFoundException("secret")));

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () => _ = streams ? (object)await _fixture.StreamAsync(Question) : await _fixture.AskAsync(Question));

        Assert.Equal(0, _fixture.Retriever.Calls);
        var warning = Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == 4008);
        Assert.Contains(nameof(TimeZoneNotFoundException), warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Ask_ClientThatKeepsConversations_TheFirstTurnIsStoredAndLaterOnesWhereAllowed(bool isAllowed, bool streams)
    {
        _fixture.Options.CacheHostedConversations = isAllowed;
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Ten.")) { ConversationId = "resp_1", FinishReason = ChatFinishReason.Stop };
        _fixture.Chat.ResponseCallback = (_, _, _) => Task.FromResult(answer);
        _fixture.Chat.StreamCallback = (_, _, _) => answer.ToChatResponseUpdates().ToAsyncEnumerable();

        _ = streams ? (await _fixture.StreamAsync(Question)).Answer : await _fixture.AskAsync(Question);

        Assert.True((await _fixture.AskAsync(Question)).IsHit);

        var later = new ChatOptions { ConversationId = "resp_1" };
        await _fixture.Pipeline.AskAsync([new ChatMessage(ChatRole.User, Question)], later, TestContext.Current.CancellationToken);
        Assert.Equal(isAllowed, (await _fixture.Pipeline.AskAsync([new ChatMessage(ChatRole.User, Question)], later, TestContext.Current.CancellationToken)).IsHit);
    }

    [Theory]
    [InlineData(null, "v1")]
    [InlineData("v1", null)]
    [InlineData(null, null)]
    public async Task Ask_OneRetrieverKnowsNoVersion_IsStoredWithTheKnownOne(string? first, string? second)
    {
        _fixture.Retriever.Chunks[0] = RetrieverDouble.Chunk("c1", "Premium costs ten.", "prices", first, 0.9);
        var keywords = new RetrieverDouble("keywords");
        keywords.Chunks.Add(RetrieverDouble.Chunk("c2", "Prices are yearly.", "prices", second));
        _fixture.Retrievers.Add(keywords);

        await _fixture.AskAsync(Question);
        await _fixture.AskAsync("And another question about prices?");
        var again = await _fixture.AskAsync(Question);

        Assert.True(again.IsHit);
        Assert.Equal(first ?? second, again.SourceVersions["prices"]);
        Assert.Equal(first == second ? 0 : 1, _fixture.Cache.Logs.GetSnapshot().Count(record => record.Id.Id == 4006));
    }

    [Theory]
    [InlineData("-,v1,-", "v1", true)]
    [InlineData("v1,-,v1", "v1", true)]
    [InlineData("v1,v1,-,-", "v1", true)]
    [InlineData("-,-,-,v7", "v7", true)]
    [InlineData("v1,-", "v1", true)]
    [InlineData("v1,-,v2", null, false)]
    [InlineData("-,v1,v2,-", null, false)]
    public async Task Ask_SomeChunksOfASourceHaveNoVersion_KnownOnesCountAndTwoOfThemAreNotStored(string versions, string? stored, bool isStored)
    {
        _fixture.Retriever.Chunks.Clear();
        foreach (var version in versions.Split(','))
        {
            _fixture.Retriever.Chunks.Add(RetrieverDouble.Chunk($"c{_fixture.Retriever.Chunks.Count}", $"Premium costs ten, says page {_fixture.Retriever.Chunks.Count}.", "prices", version == "-" ? null : version, 0.9));
        }

        await _fixture.AskAsync(Question);
        var again = await _fixture.AskAsync(Question);

        Assert.Equal(isStored, again.IsHit);
        Assert.True(!isStored || again.SourceVersions["prices"] == stored);
        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == 4006);
    }

    [Theory]
    [InlineData("developer", "Prices for Norway.", "Prices for Japan.")]
    [InlineData("context", "Preise für Norwegen.", "Preise für Japan.")]
    [InlineData("memory", "挪威的价格。", "日本的价格。")]
    public async Task Ask_MessageOfAnotherRoleDiffers_IsNotSharedThoughTheTurnIsRewritten(string role, string one, string two)
    {
        _fixture.Services.Add<IQuestionRewriter>(new Rewriter());

        await _fixture.Pipeline.AskAsync(Conversation(one), cancellationToken: Token);
        var other = await _fixture.Pipeline.AskAsync(Conversation(two), cancellationToken: Token);
        var same = await _fixture.Pipeline.AskAsync(Conversation(one), cancellationToken: Token);

        Assert.False(other.IsHit);
        Assert.True(same.IsHit);

        ChatMessage[] Conversation(string text) =>
            [new(new ChatRole(role), text), new(ChatRole.User, "Which plans are there?"), new(ChatRole.Assistant, "Two."), new(ChatRole.User, "And the second one?")];
    }

    [Fact]
    public async Task Ask_TwoVersionsOfOneSource_IsSaidOnce()
    {
        _fixture.Retriever.Chunks.Add(RetrieverDouble.Chunk("c2", source: "prices", version: "v2", score: 0.9));

        await _fixture.AskAsync(Question);
        await _fixture.AskAsync(Question);

        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == 4005);
    }

    private sealed class Rewriter : IQuestionRewriter
    {
        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>("What does the second plan cost?");
    }

    private sealed class ScopeDouble(Func<CacheScope?> scope) : ICacheScopeProvider
    {
        public CacheScope? GetScope() => scope();
    }
}
