using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

public sealed class SemanticCachingChatClientTests : IDisposable
{
    private readonly ChatClientFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetResponse_SameQuestion_IsAnsweredOnceAndMarked()
    {
        var first = await _fixture.AskAsync("What is a cache?");
        _fixture.Cache.Time.Advance(TimeSpan.FromSeconds(7));
        var second = await _fixture.AskAsync("What is a cache?");

        Assert.Equal(1, _fixture.Inner.Calls);
        Assert.Equal("answer 1", second.Text);
        Assert.Equal(SemanticCacheOutcome.Miss, first.GetSemanticCacheResult()!.Outcome);
        var hit = second.GetSemanticCacheResult()!;
        Assert.Equal(SemanticCacheOutcome.ExactHit, hit.Outcome);
        Assert.Equal(first.GetSemanticCacheResult()!.EntryId, hit.EntryId);
        Assert.Equal(TimeSpan.FromSeconds(7), hit.Age);
        Assert.Same(second, hit.Response);
    }

    [Fact]
    public async Task GetResponse_OtherWords_IsASemanticHitAndTheMarkerHoldsNobodysText()
    {
        _fixture.Cache.SameMeaning("What is a cache?", "Explain caches to me");
        await _fixture.AskAsync("What is a cache?");

        var response = await _fixture.AskAsync("Explain caches to me");

        var hit = response.GetSemanticCacheResult()!;
        Assert.Equal(SemanticCacheOutcome.SemanticHit, hit.Outcome);
        Assert.InRange(hit.Similarity!.Value, 0.99f, 1);
        Assert.Null(hit.MatchedQuestion);
        Assert.DoesNotContain(response.AdditionalProperties!.Values, value => value is string text && text.Contains("What is a cache", StringComparison.Ordinal));
        Assert.All(response.AdditionalProperties!.Values, value => Assert.True(value is string or double));
    }

    [Fact]
    public async Task GetStreamingResponse_StoredByEither_IsServedByEither()
    {
        var whole = await _fixture.AskAsync("What is a cache?");
        var replayed = await _fixture.StreamAsync("What is a cache?");
        var streamed = await _fixture.StreamAsync("Where is Oslo?");
        var again = await _fixture.AskAsync("Where is Oslo?");

        Assert.Equal(2, _fixture.Inner.Calls);
        Assert.Equal(whole.Text, string.Concat(replayed));
        Assert.Equal(SemanticCacheOutcome.ExactHit, replayed[0].GetSemanticCacheResult()!.Outcome);
        Assert.All(replayed.Skip(1), update => Assert.Null(update.GetSemanticCacheResult()));
        Assert.Equal(SemanticCacheOutcome.Miss, streamed[0].GetSemanticCacheResult()!.Outcome);
        Assert.Equal(string.Concat(streamed), again.Text);
        Assert.Equal(SemanticCacheOutcome.ExactHit, replayed.ToChatResponse().GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task GetResponse_Hit_ReportsNoUsageAndCountsTheSavings()
    {
        using var savedCalls = _fixture.Cache.Counter("ragcaching.cache.saved.calls");
        using var savedTokens = _fixture.Cache.Counter("ragcaching.cache.saved.tokens");
        _fixture.Inner.ResponseCallback = (_, _, _) =>
        {
            var response = CacheFixture.Answer("an answer");
            response.Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 20, TotalTokenCount = 120 };
            return Task.FromResult(response);
        };
        var miss = await _fixture.AskAsync("What is a cache?");

        var hit = await _fixture.AskAsync("What is a cache?");

        Assert.Equal(120, miss.Usage!.TotalTokenCount);
        Assert.Null(hit.Usage);
        Assert.Equal(1, savedCalls.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal(120, savedTokens.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    [InlineData("max_tokens")]
    public async Task GetResponse_DidNotFinishWithStop_IsNotServedAgain(string reason)
    {
        _fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "partial")) { FinishReason = new ChatFinishReason(reason) });

        await _fixture.AskAsync("What is a cache?");
        await _fixture.AskAsync("What is a cache?");

        Assert.Equal(2, _fixture.Inner.Calls);
    }

    [Fact]
    public async Task GetResponse_InnerClientThrows_ThrowsTheSameAndIsNotServedAgain()
    {
        var failure = new HttpRequestException("down");
        _fixture.Inner.ResponseCallback = (_, _, _) => throw failure;
        Assert.Same(failure, await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.AskAsync("What is a cache?")));

        _fixture.Inner.ResponseCallback = null;
        var response = await _fixture.AskAsync("What is a cache?");

        Assert.Equal("answer 2", response.Text);
    }

    [Fact]
    public async Task GetResponse_TwoClientsWithDifferentModels_DoNotMix()
    {
        var other = new TestChatClient { Metadata = new("test", new Uri("http://localhost"), "another-chat-model") };
        using var client = _fixture.NewClient(other);
        await _fixture.AskAsync("What is a cache?");

        await client.GetResponseAsync("What is a cache?", cancellationToken: Token);

        Assert.Equal(1, other.Calls);
    }

    [Fact]
    public async Task GetResponse_ClientsThatDoNotTellTheirModel_DoNotMixAndWarnOnce()
    {
        using var first = _fixture.NewClient(new TestChatClient { Metadata = null });
        var other = new TestChatClient { Metadata = null };
        using var second = _fixture.NewClient(other);
        await first.GetResponseAsync("What is a cache?", cancellationToken: Token);
        var repeated = await first.GetResponseAsync("What is a cache?", cancellationToken: Token);

        await second.GetResponseAsync("What is a cache?", cancellationToken: Token);

        Assert.True(repeated.GetSemanticCacheResult()!.IsHit);
        Assert.Equal(1, other.Calls);
        Assert.Equal(2, _fixture.Cache.Logs.GetSnapshot().Count(record => record.Id.Id == RagCaching.Diagnostics.Log.ChatModelUnknownId));
    }

    [Fact]
    public async Task GetResponse_OtherAdditionalPropertiesOfTheAnswer_Survive()
    {
        _fixture.Inner.ResponseCallback = (_, _, _) =>
        {
            var response = CacheFixture.Answer("an answer");
            response.AdditionalProperties = new() { ["fingerprint"] = "fp", ["count"] = 3, ["score"] = 0.5, ["flag"] = true, ["object"] = new object() };
            return Task.FromResult(response);
        };
        await _fixture.AskAsync("What is a cache?");

        var hit = await _fixture.AskAsync("What is a cache?");

        Assert.Equal("fp", hit.AdditionalProperties!["fingerprint"]);
        Assert.Equal(3L, hit.AdditionalProperties["count"]);
        Assert.Equal(0.5, hit.AdditionalProperties["score"]);
        Assert.Equal(true, hit.AdditionalProperties["flag"]);
        Assert.False(hit.AdditionalProperties.ContainsKey("object"));
    }

    [Fact]
    public async Task GetResponse_NullMessages_Throws()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _fixture.Client.GetResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _fixture.AskAsync([null!]));
        Assert.Throws<ArgumentNullException>(() => _fixture.Client.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token));
    }

    [Fact]
    public async Task GetStreamingResponse_OptionsChangedBeforeTheStreamIsRead_SendsWhatWasCompared()
    {
        var options = new ChatOptions { Temperature = 0.1f, StopSequences = ["a"] };
        var stream = _fixture.Client.GetStreamingResponseAsync("What is a cache?", options, Token);
        options.Temperature = 0.9f;
        options.StopSequences.Add("b");

        await stream.ToListAsync(Token);

        var sent = Assert.Single(_fixture.Inner.Requests).Options!;
        Assert.Equal(0.1f, sent.Temperature);
        Assert.Equal(["a"], sent.StopSequences!);
    }

    [Fact]
    public void GetService_Cache_IsFound()
    {
        Assert.Same(_fixture.Cache.Cache, _fixture.Client.GetService<ISemanticCache>());
        Assert.Same(_fixture.Inner, _fixture.Client.GetService<TestChatClient>());
    }
}
