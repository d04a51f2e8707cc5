using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Semantic.Storing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Storing;

public sealed class WriteQuotaTests : IDisposable
{
    private static readonly CacheScope Attacked = CacheScope.For("attacked");

    private readonly CacheFixture _fixture = new(options => options.Limits.MaxNewAnswersPerScope = 3);

    public void Dispose() => _fixture.Dispose();

    private Task<SemanticCacheResult> AskAsync(string question, CacheScope? scope = null) => _fixture.AskAsync(new SemanticCacheQuery(question) { Scope = scope ?? Attacked });

    [Fact]
    public async Task GetOrCreate_MoreThanTheQuota_IsAnsweredAndNotStored()
    {
        using var refused = _fixture.Counter("ragcaching.cache.refusals");
        for (var i = 0; i < 5; i++)
        {
            var result = await AskAsync($"question {i}");
            Assert.Equal(("an answer", i < 3), (result.Response!.Text, result.EntryId is not null));
        }

        Assert.Equal(3, _fixture.Store.Written.Count);
        Assert.Equal(2, refused.GetMeasurementSnapshot().Count(measurement => (string)measurement.Tags["ragcaching.cache.refusal.reason"]! == "Quota"));
        Assert.Single(_fixture.Logs.GetSnapshot(), record => record.Message.Contains("MaxNewAnswersPerScope", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetOrCreate_QuotaIsUsedUp_HitsAndOtherScopesGoOn()
    {
        for (var i = 0; i < 5; i++)
        {
            await AskAsync($"question {i}");
        }

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await AskAsync("question 0")).Outcome);
        Assert.NotNull((await AskAsync("question 4", CacheScope.For("another"))).EntryId);
    }

    [Fact]
    public async Task GetOrCreate_InTheNextWindow_IsStoredAgain()
    {
        for (var i = 0; i < 4; i++)
        {
            await AskAsync($"question {i}");
        }

        _fixture.Time.Advance(TimeSpan.FromHours(1));

        Assert.NotNull((await AskAsync("question 3")).EntryId);
    }

    [Fact]
    public async Task StoreAsync_WhatTheHostStores_DoesNotCount()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await _fixture.Cache.StoreAsync(new SemanticCacheQuery($"question {i}") { Scope = Attacked }, CacheFixture.Answer("an answer"), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void TryTake_FromManyThreads_GivesExactlyTheQuota()
    {
        var quota = new WriteQuota(1_000, TimeSpan.FromHours(1), new FakeTimeProvider());
        var taken = 0;

        Threads.Run(8, _ =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (quota.TryTake("scope"))
                {
                    Interlocked.Increment(ref taken);
                }
            }
        });

        Assert.Equal(1_000, taken);
    }

    [Fact]
    public void TryTake_WithoutALimit_IsAlwaysAllowed()
    {
        var quota = new WriteQuota(null, TimeSpan.FromHours(1), new FakeTimeProvider());

        Assert.All(Enumerable.Range(0, 20_000), _ => Assert.True(quota.TryTake("scope")));
    }

    [Theory]
    [InlineData(0, 3_600, "MaxNewAnswersPerScope")]
    [InlineData(10, 0, "NewAnswersWindow")]
    [InlineData(10, 86_401, "NewAnswersWindow")]
    public void Constructor_WrongQuota_IsRefusedWithTheNameOfTheOption(int most, int seconds, string option)
    {
        var options = new SemanticCacheOptions { Limits = { MaxNewAnswersPerScope = most, NewAnswersWindow = TimeSpan.FromSeconds(seconds) } };
        using var store = new InMemoryVectorStore();

        Assert.Contains(option, Assert.Throws<OptionsValidationException>(() => new SemanticCache(new TestEmbeddingGenerator(), store, options)).Message, StringComparison.Ordinal);
    }
}
