using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Money;

/// <summary>What a hit spares its caller is the time in which the answer was generated.</summary>
public sealed class SavedTimeTests : IDisposable
{
    private const string Question = "What is a cache?";
    private const string Reworded = "What, please, is a cache?";

    private readonly CacheFixture _fixture = new(options => options.Prices.Add(new ModelPrice { Model = "chat", InputPerMillionTokens = 1 }));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TimeSpan Saved => _fixture.Cache.GetStatistics().Balance!.SavedTime;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Hits_InTheSameWordsAndInOthers_SaveWhatTheGenerationTook()
    {
        using var metric = new MetricCollector<double>(_fixture.Meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.saved.time");
        var scope = CacheScope.For("tenant");
        _fixture.SameMeaning(Question, Reworded);
        await AskAsync(Question, scope, seconds: 2);
        Assert.Equal(TimeSpan.Zero, Saved);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await AskAsync(Question, scope)).Outcome);
        Assert.Equal(SemanticCacheOutcome.SemanticHit, (await AskAsync(Reworded, scope)).Outcome);

        Assert.Equal(TimeSpan.FromSeconds(4), Saved);
        Assert.Equal(TimeSpan.FromSeconds(4), _fixture.Cache.GetStatistics(scope).ScopeBalance!.SavedTime);
        Assert.Equal([2, 2], metric.GetMeasurementSnapshot().Select(measurement => measurement.Value));
        Assert.Equal([("gen_ai.request.model", "chat"), ("ragcaching.cache.name", "default")], metric.LastMeasurement!.Tags.Select(tag => (tag.Key, (string)tag.Value!)).Order());
    }

    [Fact]
    public async Task Streams_SaveTheirTimeFromTheCallToTheEnd()
    {
        var first = await _fixture.Cache.GetOrStreamAsync(Question, (_, _) => StreamAsync(), Token);
        await first.ToChatResponseAsync(Token);

        var again = await _fixture.Cache.GetOrStreamAsync(Question, (_, _) => StreamAsync(), Token);
        await again.ToChatResponseAsync(Token);

        Assert.Equal((SemanticCacheOutcome.ExactHit, TimeSpan.FromSeconds(3)), (again.Result.Outcome, Saved));

        async IAsyncEnumerable<ChatResponseUpdate> StreamAsync()
        {
            foreach (var word in (string[])["A", " cache", "."])
            {
                _fixture.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
                yield return new ChatResponseUpdate(ChatRole.Assistant, word) { FinishReason = word == "." ? ChatFinishReason.Stop : null };
            }
        }
    }

    [Fact]
    public async Task Joined_AWaitWithAnother_SavesNoTime()
    {
        var model = new TaskCompletionSource<ChatResponse>();
        var first = _fixture.Cache.GetOrCreateAsync(Question, (_, _) => model.Task, Token).AsTask();
        var second = _fixture.Cache.GetOrCreateAsync(Question, (_, _) => model.Task, Token).AsTask();
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));
        model.SetResult(CacheFixture.Answer("a"));
        await Task.WhenAll(first, second);

        Assert.Equal((SemanticCacheOutcome.Joined, TimeSpan.Zero), ((await second).Outcome, Saved));
        await AskAsync(Question, scope: null);
        Assert.Equal(TimeSpan.FromSeconds(2), Saved);
    }

    [Fact]
    public async Task Answers_ThatNoModelWasSeenToMake_SaveNoTime()
    {
        await _fixture.Cache.StoreAsync(Question, CacheFixture.Answer("an answer of the host's"), Token);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await AskAsync(Question, scope: null)).Outcome);

        Assert.Equal(TimeSpan.Zero, Saved);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(-1L, 0)]
    [InlineData(1L, 1)]
    [InlineData(86_400_000L, 86_400_000)]
    [InlineData(86_400_001L, 0)]
    [InlineData(long.MaxValue, 0)]
    public void Time_ThatNoModelCouldTake_IsNotBelieved(long? stored, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new StoredAnswer { Version = StoredAnswer.CurrentVersion, Messages = [], Milliseconds = stored }.Took);

    private async Task<SemanticCacheResult> AskAsync(string question, CacheScope? scope, int seconds = 0) => await _fixture.Cache.GetOrCreateAsync(
        new SemanticCacheQuery(question) { Scope = scope },
        (_, _) =>
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
            var answer = CacheFixture.Answer("an answer");
            answer.ModelId = "chat";
            return Task.FromResult(answer);
        },
        Token);
}
