using Microsoft.Extensions.AI;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>A stand-in for a model: a vector per text that depends on a seed, after a settable delay.</summary>
internal sealed class SeededGenerator(int dimensions, TimeSpan delay = default) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("benchmark", new Uri("http://localhost"), "seeded", dimensions);
    private readonly Random _random = new(42);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, cancellationToken);
        }

        lock (_random)
        {
            return new(values.Select(_ => new Embedding<float>(NextVector())));
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }

    private float[] NextVector()
    {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = (_random.NextSingle() * 2) - 1;
        }

        return vector;
    }
}
