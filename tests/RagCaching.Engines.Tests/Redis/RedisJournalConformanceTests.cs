using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Redis;

/// <summary>The contract of journals, on a server.</summary>
public sealed class RedisJournalConformanceTests(SharedRedis redis) : VectorJournalConformanceTests
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    protected override async ValueTask PrepareAsync() => await redis.StartOrSkipAsync();

    protected override IVectorJournal Create() => new RedisVectorJournal(new RedisJournalOptions { Configuration = redis.Configuration, Name = _name }, new TestServices().Add<TimeProvider>(Time));
}
