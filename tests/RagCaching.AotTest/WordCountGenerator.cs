using Microsoft.Extensions.AI;

namespace RagCaching.AotTest;

/// <summary>Counts words in buckets: the same words in another order get the same vector.</summary>
internal sealed class WordCountGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Buckets = 16;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Count(text)))));

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("aot-test", null, "word-count", Buckets) : null;

    public void Dispose()
    {
    }

    private static float[] Count(string text)
    {
        var counts = new float[Buckets];
        foreach (var word in text.Split(' '))
        {
            counts[word.Sum(character => character) % Buckets]++;
        }

        return counts;
    }
}
