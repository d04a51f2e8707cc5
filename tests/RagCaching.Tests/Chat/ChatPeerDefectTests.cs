using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat;

/// <summary>What goes wrong with other caches for chat clients does not go wrong here; each test is named for what holds.</summary>
public sealed class ChatPeerDefectTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly ChatClientFixture _fixture = new(new SemanticCachingChatClientOptions { CacheableTools = { ["*"] = null } });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task OtherTools_SameQuestion_AreNotServedTheAnswer()
    {
        Assert.False(await _fixture.SharesAsync(
            new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one", "Returns one.")] }, new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one", "Deletes everything.")] }));
    }

    [Fact]
    public async Task OtherMessageIds_SameQuestion_AreServedTheAnswer()
    {
        await _fixture.AskAsync([new ChatMessage(ChatRole.User, Question) { MessageId = "m1", CreatedAt = DateTimeOffset.UnixEpoch, RawRepresentation = new object() }]);

        Assert.True((await _fixture.AskAsync([new ChatMessage(ChatRole.User, Question) { MessageId = "m2" }])).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task StreamAndWhole_SameQuestion_ShareTheAnswer()
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
    public async Task TruncatedOrFilteredAnswer_AskedAgain_IsGeneratedAnew(string reason)
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
    public async Task Hit_AnswerWithUsage_ReportsNoUsage()
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
    public async Task Hit_StoredAnswer_IsMarked()
    {
        await _fixture.AskAsync(Question);

        var hit = (await _fixture.AskAsync(Question)).GetSemanticCacheResult()!;
        Assert.Equal((SemanticCacheOutcome.ExactHit, 1f), (hit.Outcome, hit.Similarity));
        Assert.NotNull(hit.EntryId);
        Assert.NotNull(hit.Age);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.StreamAsync(Question))[0].GetSemanticCacheResult()!.Outcome);
    }

    [Fact]
    public async Task StoreFailsOnWrite_AnswerPaidFor_IsReturned()
    {
        _fixture.Cache.Store.Before = (operation, _) => operation == nameof(IVectorStore.UpsertAsync) ? Task.FromException(new IOException()) : Task.CompletedTask;

        Assert.Equal("answer 1", (await _fixture.AskAsync(Question)).Text);
        Assert.Equal("answer 2", string.Concat((await _fixture.StreamAsync(Question)).Select(update => update.Text)));
    }

    [Fact]
    public async Task TwoClients_DifferentModels_DoNotShareAnswers()
    {
        await _fixture.AskAsync(Question);
        using var other = new TestChatClient { Metadata = new ChatClientMetadata("test", new Uri("http://localhost"), "another-model") };
        using var client = _fixture.NewClient(other);

        Assert.False((await client.GetResponseAsync(Question, cancellationToken: Token)).GetSemanticCacheResult()!.IsHit);
        Assert.Equal(1, other.Calls);
    }
}
