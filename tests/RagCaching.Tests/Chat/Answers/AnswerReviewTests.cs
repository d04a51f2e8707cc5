using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Answers;

public sealed class AnswerReviewTests
{
    private const string Question = "What is a cache?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ShouldStore_SaysNo_AnswerIsReturnedAndNotStored(bool streams)
    {
        string? seen = null;
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions
        {
            ShouldStore = response =>
            {
                seen = response.Text;
                return false;
            },
        });

        Assert.Equal("answer 1", await AskAsync(fixture, streams));
        Assert.Equal("answer 1", seen);
        Assert.Empty(fixture.Cache.Store.Written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Moderator_SaysNoToANewAnswer_AnswerIsReturnedAndNotStored(bool streams)
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (_, _) => ValueTask.FromResult(false) });

        Assert.Equal("answer 1", await AskAsync(fixture, streams));
        Assert.Empty(fixture.Cache.Store.Written);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Moderator_SaysNoToAStoredAnswer_ItIsRemovedAndTheModelAsked(bool storedByStream, bool servedAsStream)
    {
        var banned = "";
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (response, _) => ValueTask.FromResult(response.Text != banned) });
        await AskAsync(fixture, storedByStream);
        Assert.Equal("answer 1", await AskAsync(fixture, servedAsStream));

        banned = "answer 1";

        Assert.Equal("answer 2", await AskAsync(fixture, servedAsStream));
        banned = "";
        Assert.Equal("answer 2", await AskAsync(fixture, servedAsStream));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Moderator_SaysNoToAStoredAnswer_CountsOneMissAndNothingSaved(bool streams)
    {
        var banned = "";
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (response, _) => ValueTask.FromResult(response.Text != banned) });
        await AskAsync(fixture, streams);
        using var requests = fixture.Cache.Counter("ragcaching.cache.requests");
        using var saved = fixture.Cache.Counter("ragcaching.cache.saved.calls");

        banned = "answer 1";
        await AskAsync(fixture, streams);

        var request = Assert.Single(requests.GetMeasurementSnapshot());
        Assert.Equal(("miss", "Moderator"), (request.Tags["ragcaching.cache.request.result"], request.Tags["ragcaching.cache.request.reason"]));
        Assert.Empty(saved.GetMeasurementSnapshot());
        var statistics = fixture.Cache.Cache.GetStatistics();
        Assert.Equal(2, statistics.Outcomes[SemanticCacheOutcome.Miss]);
        Assert.False(statistics.Outcomes.ContainsKey(SemanticCacheOutcome.ExactHit));
    }

    [Fact]
    public async Task Moderator_SaysNoToAStoredAnswer_TheNewOneIsFoundByMeaning()
    {
        var banned = "";
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (response, _) => ValueTask.FromResult(response.Text != banned) });
        await AskAsync(fixture, streams: false);

        banned = "answer 1";
        await AskAsync(fixture, streams: false);

        Assert.False(fixture.Cache.Store.Written[^1].Vector.IsEmpty);
    }

    [Fact]
    public async Task Moderator_RequestThatBypassesTheCache_IsNotAsked()
    {
        var asked = 0;
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (_, _) => ValueTask.FromResult(++asked > 0) });

        await fixture.AskAsync(Question, new ChatOptions { ConversationId = "c1" });

        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Moderator_SaysNoToAnAnswerOfAnotherScope_RemovesItThere()
    {
        var banned = "";
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (response, _) => ValueTask.FromResult(response.Text != banned) });
        var tenant = new ChatOptions().WithSemanticCache(request =>
        {
            request.Scope = CacheScope.For("tenant");
            request.Mode = SemanticCacheMode.ReadOnly;
        });
        var writing = tenant.WithSemanticCache(request => request.Mode = SemanticCacheMode.ReadWrite);
        await fixture.AskAsync(Question, writing);
        banned = "answer 1";

        var refused = await fixture.AskAsync(Question, tenant);
        banned = "";
        var next = await fixture.AskAsync(Question, tenant);

        Assert.Equal(("answer 2", "answer 3"), (refused.Text, next.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hooks_Throw_IsAMissThatIsCountedAndTheAnswerStays(bool streams)
    {
        var fails = false;
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Moderator = (_, _) => fails ? throw new IOException("a secret") : ValueTask.FromResult(true) });
        using var failures = fixture.Cache.Counter("ragcaching.cache.failures");
        await AskAsync(fixture, streams);

        fails = true;
        Assert.Equal("answer 2", await AskAsync(fixture, streams));
        fails = false;

        Assert.Equal("answer 1", await AskAsync(fixture, streams));
        Assert.All(failures.GetMeasurementSnapshot(), failure => Assert.Equal("review", failure.Tags["ragcaching.operation"]));
        Assert.DoesNotContain("secret", Assert.Single(fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == Log.AnswerNotReviewedId).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShouldStore_Throws_AnswerIsReturnedAndNotStored()
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { ShouldStore = _ => throw new FormatException() });

        Assert.Equal("answer 1", await AskAsync(fixture, streams: true));
        Assert.Empty(fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_StoredAnswer_IsPaced()
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { Streams = { ReplayInterval = TimeSpan.FromMilliseconds(50) } });
        fixture.Inner.StreamCallback = (_, _, _) => new[] { "A", " memory" }.Select(text => new ChatResponseUpdate(ChatRole.Assistant, text))
            .Append(new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop }).ToAsyncEnumerable();
        Assert.Equal("A memory", await AskAsync(fixture, streams: true));

        var replay = AskAsync(fixture, streams: true);
        Assert.False(replay.IsCompleted);
        fixture.Cache.Time.Advance(TimeSpan.FromMilliseconds(50));
        await Task.Yield();
        Assert.False(replay.IsCompleted);
        await Eventually.HoldsAsync(() => replay.IsCompleted, "The end of the replay", () => fixture.Cache.Time.Advance(TimeSpan.FromMilliseconds(50)));

        Assert.Equal("A memory", await replay);
    }

    [Fact]
    public void Client_PausesOutOfRange_AreRefused()
    {
        foreach (var options in (SemanticCachingChatClientOptions[])
            [new() { Streams = { ReplayInterval = TimeSpan.FromSeconds(-1) } }, new() { Streams = { ReplayInterval = TimeSpan.FromMinutes(2) } }, new() { Streams = { AbandonedTimeout = TimeSpan.Zero } }])
        {
            Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new ChatClientFixture(options));
        }
    }

    private static async Task<string> AskAsync(ChatClientFixture fixture, bool streams) => streams
        ? string.Concat((await fixture.StreamAsync(Question)).Select(update => update.Text))
        : (await fixture.AskAsync(Question)).Text;
}
