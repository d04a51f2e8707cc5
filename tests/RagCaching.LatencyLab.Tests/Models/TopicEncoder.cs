using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Tests.Models;

/// <summary>An encoder with a dimension for each topic, and one for everything else. Counts the texts that it encodes.</summary>
internal sealed class TopicEncoder(params string[] topics) : IEmbeddingGenerator<string, Embedding<float>>
{
    public List<string> Encoded { get; } = [];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        Encoded.AddRange(texts);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(VectorOf(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private float[] VectorOf(string text)
    {
        float[] vector = [.. topics.Select(topic => text.Contains(topic, StringComparison.OrdinalIgnoreCase) ? 1f : 0f), 0];
        vector[^1] = vector.Sum() == 0 ? 1 : 0;
        return vector;
    }
}
