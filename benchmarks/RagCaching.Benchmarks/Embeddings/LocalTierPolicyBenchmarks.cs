using BenchmarkDotNet.Attributes;
using BitFaster.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;
using BitFaster.Caching.Scheduler;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>Which cache the local tier should be: time of a hit here, share of hits in <see cref="LocalTierHitRates"/>.</summary>
[MemoryDiagnoser]
public class LocalTierPolicyBenchmarks
{
    private readonly EntryKey _key = new(Caches.Text(1), new EmbeddingVariant(default(Digest), "model", isShareable: true));
    private readonly ConcurrentLru<EntryKey, string> _lru = new(4096);
    private readonly ConcurrentLfu<EntryKey, string> _lfuThreadPool = Lfu(new ThreadPoolScheduler());
    private readonly ConcurrentLfu<EntryKey, string> _lfuForeground = Lfu(new ForegroundScheduler());

    [GlobalSetup]
    public void Fill()
    {
        foreach (var cache in new ICache<EntryKey, string>[] { _lru, _lfuThreadPool, _lfuForeground })
        {
            cache.AddOrUpdate(_key, "value");
        }
    }

    [Benchmark(Baseline = true)]
    public bool Lru() => _lru.TryGet(_key, out _);

    [Benchmark]
    public bool LfuThreadPool() => _lfuThreadPool.TryGet(_key, out _);

    [Benchmark]
    public bool LfuForeground() => _lfuForeground.TryGet(_key, out _);

    private static ConcurrentLfu<EntryKey, string> Lfu(IScheduler scheduler) => new(1, 4096, scheduler, EqualityComparer<EntryKey>.Default);
}
