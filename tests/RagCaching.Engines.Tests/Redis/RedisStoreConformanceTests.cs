using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Engines.Tests.Redis;

/// <summary>The contract of stores, over a server.</summary>
public sealed class RedisStoreConformanceTests(SharedRedis redis) : VectorStoreConformanceTests
{
    protected override async ValueTask<IVectorStore> CreateStoreAsync(TimeProvider time)
    {
        await redis.StartOrSkipAsync();
        var services = new TestServices().Add(time);
        var store = new JournaledVectorStore(
            new RedisVectorJournal(new RedisJournalOptions { Configuration = redis.Configuration, Name = $"test-{Guid.NewGuid():N}" }, services),
            new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromDays(1) },
            services: services);
        await store.WhenLoadedAsync(Token);
        return store;
    }

    protected override async ValueTask AdvanceAsync(TimeSpan duration)
    {
        // What is on its way to the journal would run into its limit, and its next attempt would wait for a clock that stands still.
        await ((JournaledVectorStore)Store).FlushAsync(Token);
        await base.AdvanceAsync(duration);
        await Eventually.HoldsAsync(() => ((JournaledVectorStore)Store).Status.IsServing, "The next contact", () => Time.Advance(TimeSpan.FromTicks(1)));
    }

    protected override ValueTask DisposeStoreAsync(IVectorStore store) => ((JournaledVectorStore)store).DisposeAsync();
}
