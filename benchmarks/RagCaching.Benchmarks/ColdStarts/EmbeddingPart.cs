using RagCaching.Benchmarks.Embeddings;

namespace RagCaching.Benchmarks.ColdStarts;

/// <summary>A hit of an embedding cache in memory.</summary>
internal sealed class EmbeddingPart : IColdPart
{
    private readonly CachedEmbedder _embedder = Caches.Ours(null, 4096);
    private readonly string[] _texts = [.. Enumerable.Range(0, 100).Select(Caches.Text)];

    private EmbeddingPart()
    {
    }

    public int Calls => 20_000;

    /// <summary>Makes the cache and fills it in one call, so that the way of a hit is as cold as it can be.</summary>
    public static async Task<EmbeddingPart> CreateAsync()
    {
        var part = new EmbeddingPart();
        await part._embedder.GenerateAsync(part._texts);
        return part;
    }

    public void Call(int input)
    {
        if (input >= 0)
        {
            End(_embedder.GenerateVectorAsync(_texts[input]));
        }
    }

    public void Dispose() => _embedder.Dispose();

    private static void End(ValueTask<ReadOnlyMemory<float>> call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A call in memory waits for nothing.");
        }
    }
}
