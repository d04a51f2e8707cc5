using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.VectorStores;

namespace RagCaching.Engines.Tests.Redis;

/// <summary>The contract of stores, over a server.</summary>
public sealed class RedisStoreConformanceTests(SharedRedis redis) : VectorStoreConformanceTests
{
    protected override async ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time)
    {
        await redis.StartOrSkipAsync();
        return await JournaledStoreSubject.StartAsync(
            time, services => new RedisVectorJournal(new RedisJournalOptions { Configuration = redis.Configuration, Name = $"test-{Guid.NewGuid():N}" }, services));
    }
}
