using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>One text that is cached, 1,536 dimensions.</summary>
[MemoryDiagnoser]
public class SingleHitBenchmarks
{
    private readonly string[] _texts = [Caches.Text(1)];
    private readonly IEmbeddingGenerator<string, Embedding<float>> _peer = Caches.Peer(Caches.InMemory());
    private readonly CachedEmbedder _local = Caches.Ours(null, 4096);
    private readonly CachedEmbedder _storage = Caches.Ours(Caches.InMemory(), 0);
    private readonly CachedEmbedder _half = Caches.Ours(Caches.InMemory(), 0, EmbeddingPrecision.Half);
    private readonly CachedEmbedder _quantized = Caches.Ours(Caches.InMemory(), 0, EmbeddingPrecision.Quantized);

    [GlobalSetup]
    public async Task Fill()
    {
        await _peer.GenerateAsync(_texts);
        foreach (var embedder in new[] { _local, _storage, _half, _quantized })
        {
            await embedder.GenerateAsync(_texts);
            await embedder.FlushAsync();
        }
    }

    [Benchmark(Baseline = true)]
    public Task<GeneratedEmbeddings<Embedding<float>>> MicrosoftExtensionsAI() => _peer.GenerateAsync(_texts);

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> LocalTier() => _local.GenerateAsync(_texts);

    [Benchmark]
    public ValueTask<ReadOnlyMemory<float>> LocalTierVector() => _local.GenerateVectorAsync(_texts[0]);

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> StorageFull() => _storage.GenerateAsync(_texts);

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> StorageHalf() => _half.GenerateAsync(_texts);

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> StorageQuantized() => _quantized.GenerateAsync(_texts);
}
