using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>Runs alone, because a listener of another test hears this one's lookups too and makes them allocate.</summary>
[Collection(nameof(SemanticCacheAllocationTests))]
[CollectionDefinition(nameof(SemanticCacheAllocationTests), DisableParallelization = true)]
public sealed class SemanticCacheAllocationTests
{
    private const int Dimensions = 16;

    // The answer as the caller's own copy, its ids, the result, and the copy of the vector that the store hands out.
    private const int MostBytesPerHit = 1_536;

    [Fact]
    public async Task Lookup_ExactHit_AllocatesTheAnswerAndLittleElse()
    {
        var query = new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("tenant") };
        using var store = new InMemoryVectorStore();
        var cache = new SemanticCache(new TestEmbeddingGenerator(), store);
        await cache.StoreAsync(query, CacheFixture.Answer("A memory."), TestContext.Current.CancellationToken);

        Assert.InRange(Allocations.BytesPerCall(MostBytesPerHit, () => Lookup(cache, query)), 1, MostBytesPerHit);
    }

    [Fact]
    public async Task Lookup_ExactHitWithoutPrices_AllocatesNothingForTheBalance()
    {
        var query = new SemanticCacheQuery("What is a cache?") { Scope = CacheScope.For("tenant") };
        using var store = new InMemoryVectorStore();
        var cache = new SemanticCache(new TestEmbeddingGenerator(), store);
        await cache.StoreAsync(query, MoneyFixture.Answer("A memory."), TestContext.Current.CancellationToken);
        Lookup(cache, query);
        var label = "digest";
        cache.Ledger.Saved(label, MoneyFixture.Model, 1, 1);
        cache.Ledger.Requested(label);

        var bytes = Allocations.BytesPerCall(mostBytes: 0, () =>
        {
            cache.Ledger.Saved(label, MoneyFixture.Model, 1, 1);
            cache.Ledger.Requested(label);
        });

        Assert.Equal(0, bytes);
    }

    private static void Lookup(SemanticCache cache, SemanticCacheQuery query)
    {
        // Over a store in memory an exact hit never waits, so everything happens on this thread.
        var lookup = cache.LookupAsync(query, CancellationToken.None);
        if (!lookup.IsCompletedSuccessfully || lookup.Result.Outcome != SemanticCacheOutcome.ExactHit)
        {
            Assert.Fail("The lookup is not an exact hit that completed at once.");
        }
    }
}
