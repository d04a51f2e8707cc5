using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>A thousand texts that are all cached, in one call.</summary>
[MemoryDiagnoser]
public class BatchHitBenchmarks
{
    private const int Count = 1000;

    private readonly string[] _texts = [.. Enumerable.Range(0, Count).Select(Caches.Text)];
    private readonly IEmbeddingGenerator<string, Embedding<float>> _peer = Caches.Peer(Caches.InMemory());
    private readonly CachedEmbedder _local = Caches.Ours(null, 4096);
    private readonly CachedEmbedder _storage = Caches.Ours(Caches.InMemory(), 0);

    [GlobalSetup]
    public async Task Fill()
    {
        await _peer.GenerateAsync(_texts);
        await _local.GenerateAsync(_texts);
        await _storage.GenerateAsync(_texts);
        await _storage.FlushAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public Task<GeneratedEmbeddings<Embedding<float>>> MicrosoftExtensionsAI() => _peer.GenerateAsync(_texts);

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<GeneratedEmbeddings<Embedding<float>>> LocalTier() => _local.GenerateAsync(_texts);

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<GeneratedEmbeddings<Embedding<float>>> Storage() => _storage.GenerateAsync(_texts);
}
