using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace RagCaching.JournalLab;

/// <summary>Gives every text a vector of its own, the same in every process: no two texts are alike.</summary>
internal sealed class HashedEmbeddings(int dimensions) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("lab", defaultModelId: "hashed", defaultModelDimensions: dimensions);

    public static float[] VectorOf(string text, int dimensions)
    {
        var random = new Random((int)XxHash32.HashToUInt32(MemoryMarshal.AsBytes(text.AsSpan())));
        var vector = new float[dimensions];
        var sum = 0.0;
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = random.NextSingle() - 0.5f;
            sum += vector[i] * vector[i];
        }

        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = (float)(vector[i] / Math.Sqrt(sum));
        }

        return vector;
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(VectorOf(text, dimensions)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }
}
