using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>The caches that are compared.</summary>
internal static class Caches
{
    public const int Dimensions = 1536;

    // About 200 characters, the length of a question with some context.
    public static string Text(int number) => $"{number}: " + string.Concat(Enumerable.Repeat("How long may a returned article have been used? ", 4));

    public static IDistributedCache InMemory() =>
        new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions { SizeLimit = long.MaxValue }));

    /// <summary>The embedding cache of Microsoft.Extensions.AI.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> Peer(IDistributedCache storage, TimeSpan generatorDelay = default) =>
        new EmbeddingGeneratorBuilder<string, Embedding<float>>(new SeededGenerator(Dimensions, generatorDelay)).UseDistributedCache(storage).Build();

    public static CachedEmbedder Ours(
        IDistributedCache? storage, int localCapacity, EmbeddingPrecision precision = EmbeddingPrecision.Full, TimeSpan generatorDelay = default) =>
        new(new SeededGenerator(Dimensions, generatorDelay), storage, new() { LocalCapacity = localCapacity, Precision = precision, TimeToLive = TimeSpan.FromDays(30) });
}
