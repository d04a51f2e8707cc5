using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

/// <summary>Defects seen in other caches for chat clients, each with a test named for it.</summary>
public sealed class ChatPeerDefectTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly ChatClientFixture _fixture = new(new SemanticCachingChatClientOptions { CacheWithTools = true });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Tools_MissingFromTheKey()
    {
        Assert.False(await _fixture.SharesAsync(
            new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one", "Returns one.")] }, new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one", "Deletes everything.")] }));
    }

    [Fact]
    public async Task MessageIds_InTheKey()
    {
        await _fixture.AskAsync([new ChatMessage(ChatRole.User, Question) { MessageId = "m1", CreatedAt = DateTimeOffset.UnixEpoch, RawRepresentation = new object() }]);

        Assert.True((await _fixture.AskAsync([new ChatMessage(ChatRole.User, Question) { MessageId = "m2" }])).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task StreamingAndNonStreaming_NotShared()
    {
        await _fixture.StreamAsync(Question);
        Assert.True((await _fixture.AskAsync(Question)).GetSemanticCacheResult()!.IsHit);

        await _fixture.AskAsync("What is a key?");
        Assert.True((await _fixture.StreamAsync("What is a key?"))[0].GetSemanticCacheResult()!.IsHit);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    [InlineData("max_tokens")]
    public async Task TruncatedAndFilteredAnswers_Replayed(string reason)
    {
        var answer = CacheFixture.Answer("A mem");
        answer.FinishReason = new ChatFinishReason(reason);
        _fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(answer);
        _fixture.Inner.StreamCallback = (_, _, _) => answer.ToChatResponseUpdates().ToAsyncEnumerable();

        await _fixture.AskAsync(Question);
        await _fixture.StreamAsync(Question);

        Assert.Equal(2, _fixture.Inner.Calls);
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Usage_RepeatedOnAHit()
    {
        var answer = CacheFixture.Answer("A memory.");
        answer.Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 };
        _fixture.Inner.ResponseCallback = (_, _, _) => Task.FromResult(answer);
        using var saved = _fixture.Cache.Counter("ragcaching.cache.saved.tokens");

        Assert.Equal(10, (await _fixture.AskAsync(Question)).Usage!.InputTokenCount);
        Assert.Null((await _fixture.AskAsync(Question)).Usage);
        Assert.DoesNotContain(await _fixture.StreamAsync(Question), update => update.Contents.OfType<UsageContent>().Any());
        Assert.Equal(30, saved.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
    }

    [Fact]
    public async Task Hits_Unmarked()
    {
        await _fixture.AskAsync(Question);

        var hit = (await _fixture.AskAsync(Question)).GetSemanticCacheResult()!;
        Assert.Equal((SemanticCacheOutcome.ExactHit, 1f), (hit.Outcome, hit.Similarity));
        Assert.NotNull(hit.EntryId);
        Assert.NotNull(hit.Age);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.StreamAsync(Question))[0].GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task Answer_LostWhenTheStoreFailsOnWrite()
    {
        _fixture.Cache.Store.Before = (operation, _) => operation == nameof(IVectorStore.UpsertAsync) ? Task.FromException(new IOException()) : Task.CompletedTask;

        Assert.Equal("answer 1", (await _fixture.AskAsync(Question)).Text);
        Assert.Equal("answer 2", string.Concat((await _fixture.StreamAsync(Question)).Select(update => update.Text)));
    }

    [Fact]
    public async Task TwoClientsModels_Mixed()
    {
        await _fixture.AskAsync(Question);
        using var other = new TestChatClient { Metadata = new ChatClientMetadata("test", new Uri("http://localhost"), "another-model") };
        using var client = _fixture.NewClient(other);

        Assert.False((await client.GetResponseAsync(Question, cancellationToken: Token)).GetSemanticCacheResult()!.IsHit);
        Assert.Equal(1, other.Calls);
    }
}
