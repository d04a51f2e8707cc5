using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Engines.Tests.Redis;

/// <summary>The contract of journals, on a cluster: all that a script touches is in one slot.</summary>
public sealed class RedisClusterConformanceTests(SharedRedisCluster cluster) : VectorJournalConformanceTests
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    protected override async ValueTask PrepareAsync() => await cluster.StartOrSkipAsync();

    protected override IVectorJournal Create() => new RedisVectorJournal(new RedisJournalOptions { Configuration = cluster.Configuration, Name = _name }, new TestServices().Add<TimeProvider>(Time));
}
