using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;

namespace RagCaching.Engines.Tests.Replay;

/// <summary>A text means the sum of its words, each of which has a direction of its own.</summary>
internal sealed class WordEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimensions = 64;

    private readonly EmbeddingGeneratorMetadata _metadata = new("test", defaultModelId: "words", defaultModelDimensions: Dimensions);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(VectorOf(text)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in text.TrimEnd('?').ToLowerInvariant().Split(' '))
        {
            var random = new Random((int)XxHash32.HashToUInt32(MemoryMarshal.AsBytes(word.AsSpan())));
            for (var i = 0; i < Dimensions; i++)
            {
                vector[i] += random.NextSingle() - 0.5f;
            }
        }

        return vector;
    }
}
