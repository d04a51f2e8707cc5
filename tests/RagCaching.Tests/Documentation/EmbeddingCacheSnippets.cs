using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace RagCaching.Tests.Documentation;

internal static class EmbeddingCacheSnippets
{
    public static async Task<int> UsageAsync(IEmbeddingGenerator<string, Embedding<float>> generator, IDistributedCache storage)
    {
        // generator: any IEmbeddingGenerator<string, Embedding<float>>; storage: any IDistributedCache, or nothing
        await using var embedder = new CachedEmbedder(generator, storage);

        GeneratedEmbeddings<Embedding<float>> embeddings = await embedder.GenerateAsync(["first text", "second text"]);
        ReadOnlyMemory<float> vector = await embedder.GenerateVectorAsync("first text");   // a hit in memory: no allocation, no task
        await embedder.RemoveAsync("first text");
        return embeddings.Count + vector.Length;
    }

    public static EmbeddingGenerationOptions[] PerRequest(EmbeddingGenerationOptions options)
    {
        var bypass = options.WithEmbeddingCache(EmbeddingCacheMode.Bypass);    // neither read nor write
        var refresh = options.WithEmbeddingCache(EmbeddingCacheMode.Refresh);  // generate anew and replace what is cached
        var brief = options.WithEmbeddingCache(timeToLive: TimeSpan.FromHours(1));
        return [bypass, refresh, brief];
    }

    public static void Redis(IServiceCollection services)
    {
        services.AddStackExchangeRedisCache(options => options.ConfigurationOptions = new ConfigurationOptions
        {
            EndPoints = { "redis:6379" },
            AbortOnConnectFail = false,              // start even when Redis does not
            BacklogPolicy = BacklogPolicy.FailFast,  // do not queue commands for a server that is gone
            ConnectTimeout = 500,
            AsyncTimeout = 500,
            SyncTimeout = 500,
        });
    }

    public static async Task IngestAsync(IEmbeddingGenerator<string, Embedding<float>> generator, IDistributedCache storage)
    {
        await using var embedder = new CachedEmbedder(generator, storage, new() { TimeToLive = TimeSpan.FromDays(90), MaxBatchSize = 256 });

        foreach (string[] chunks in AllChunks().Chunk(2_000))
        {
            var embeddings = await embedder.GenerateAsync(chunks);
            // Store the chunks with their embeddings.
        }
    }

    private static IEnumerable<string> AllChunks() => ["a chunk"];
}
