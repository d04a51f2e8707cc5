using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Controls;

public sealed class BatchTests : IDisposable
{
    private readonly CacheFixture _fixture = new();
    private readonly CachedEmbedder _embedder;
    private readonly SemanticCache _cache;

    public BatchTests()
    {
        _embedder = new CachedEmbedder(_fixture.Generator);
        _cache = new SemanticCache(_embedder, _fixture.Store, _fixture.Options, _fixture.Services);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cache.Dispose();
        _embedder.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task StoreMany_EmbedsAllInOneCall()
    {
        var ids = await _cache.StoreManyAsync([.. Enumerable.Range(0, 20).Select(i => KeyValuePair.Create<SemanticCacheQuery, ChatResponse>($"question {i}", CacheFixture.Answer($"answer {i}")))], Token);

        Assert.Equal(20, ids.OfType<string>().Distinct().Count());
        Assert.Equal(20, Assert.Single(_fixture.Generator.Batches).Count);
        Assert.Equal("answer 7", (await _cache.LookupAsync("question 7", Token)).Response!.Text);
    }

    [Fact]
    public async Task LookupMany_EmbedsInOneCallWhatIsNoExactRepeat_AndKeepsTheOrder()
    {
        await _cache.StoreAsync("known", CacheFixture.Answer("a"), Token);
        var before = _fixture.Generator.Calls;

        var results = await _cache.LookupManyAsync(["first", "known", "second", "first", new SemanticCacheQuery("third") { ExactOnly = true }, ""], Token);

        Assert.Equal([false, true, false, false, false, false], results.Select(result => result.IsHit));
        Assert.Equal(SemanticCacheReason.BlankQuestion, results[^1].Reason);
        Assert.Equal(["first", "second"], Assert.Single(_fixture.Generator.Batches.Skip(before)));
        Assert.Equal(6, _cache.GetStatistics().Outcomes.Values.Sum());
        Assert.Equal(2, _cache.GetStatistics().Balance!.SpentFor(SpendingPurpose.Embedding).Calls);
    }

    [Fact]
    public async Task LookupMany_TheGeneratorFails_EveryQuestionIsAMiss()
    {
        _fixture.Generator.GenerateCallback = (_, _, _) => throw new HttpRequestException();

        var results = await _cache.LookupManyAsync(["first", "second"], Token);

        Assert.All(results, result => Assert.Equal(SemanticCacheReason.Unavailable, result.Reason));
    }

    [Fact]
    public async Task Many_OverAnotherCache_AreOneByOne()
    {
        ISemanticCache cache = NullSemanticCache.Instance;

        Assert.Equal(2, (await cache.LookupManyAsync(["first", "second"], Token)).Count);
        Assert.Equal([null], await cache.StoreManyAsync([new("first", CacheFixture.Answer("a"))], Token));
    }

    [Fact]
    public async Task LookupMany_AQueryThatIsWrong_Throws() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _cache.LookupManyAsync([new SemanticCacheQuery("a") { MinimumSimilarity = 2 }], Token));
}
