using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>Twenty texts, a storage 20 ms away and a generator that takes 5 ms.</summary>
public class DistantStorageBenchmarks
{
    private static readonly TimeSpan StorageDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan GeneratorDelay = TimeSpan.FromMilliseconds(5);

    private readonly string[] _known = [.. Enumerable.Range(-20, 20).Select(Caches.Text)];
    private readonly IEmbeddingGenerator<string, Embedding<float>> _peer = Caches.Peer(Storage(), GeneratorDelay);
    private readonly CachedEmbedder _ours = Caches.Ours(Storage(), 0, generatorDelay: GeneratorDelay);
    private int _next;

    [GlobalSetup]
    public async Task Fill()
    {
        await _peer.GenerateAsync(_known);
        await _ours.GenerateAsync(_known);
        await _ours.FlushAsync();
    }

    [Benchmark(Baseline = true)]
    public Task<GeneratedEmbeddings<Embedding<float>>> MicrosoftExtensionsAICold() => _peer.GenerateAsync(NewTexts());

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> MicrosoftExtensionsAIWarm() => _peer.GenerateAsync(_known);

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> CachedEmbedderCold() => _ours.GenerateAsync(NewTexts());

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> CachedEmbedderWarm() => _ours.GenerateAsync(_known);

    private static DelayedDistributedCache Storage() => new(Caches.InMemory(), StorageDelay);

    private string[] NewTexts()
    {
        _next += 20;
        return [.. Enumerable.Range(_next, 20).Select(Caches.Text)];
    }
}
