using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Money;

public sealed class StatisticsTests
{
    private const string Question = "What is a cache?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statistics_OfAStoreInMemory_HaveEntriesBytesAndEvictions()
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = 2 });
        var cache = new SemanticCache(new TestEmbeddingGenerator(), store, new SemanticCacheOptions { ShareAcrossCallers = true });
        for (var i = 0; i < 5; i++)
        {
            await cache.StoreAsync($"question {i}", CacheFixture.Answer("a"), Token);
        }

        var statistics = cache.GetStatistics();
        Assert.Equal((2, 3), (statistics.Entries, statistics.Evictions));
        Assert.InRange(statistics.Bytes!.Value, 100, 100_000);
    }

    [Fact]
    public void Statistics_OfAStoreElsewhere_DoNotClaimToKnow()
    {
        using var fixture = new CacheFixture();

        var statistics = fixture.Cache.GetStatistics();

        Assert.Equal((null, null, null), (statistics.Entries, statistics.Bytes, statistics.Evictions));
    }

    [Fact]
    public async Task Statistics_HaveTheAgeOfWhatWasServed()
    {
        using var fixture = new CacheFixture();
        await fixture.AskAsync(Question);
        foreach (var minutes in (int[])[10, 20])
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(minutes));
            await fixture.AskAsync(Question);
        }

        Assert.Equal(new ServedAge(2, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30)), fixture.Cache.GetStatistics().ServedAge);
    }

    [Fact]
    public async Task Statistics_CountNearMisses()
    {
        using var fixture = new CacheFixture();
        fixture.NearMeaning("What is a cash?", Question, 0.4f);
        await fixture.AskAsync(Question);
        var near = await fixture.AskAsync("What is a cash?");
        await fixture.AskAsync("Something else entirely");

        Assert.NotNull(near.NearMiss);
        Assert.Equal(1, fixture.Cache.GetStatistics().NearMisses);
    }
}
