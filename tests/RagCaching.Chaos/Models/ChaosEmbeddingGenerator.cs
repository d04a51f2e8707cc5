using Microsoft.Extensions.AI;
using RagCaching.Chaos.Faults;

namespace RagCaching.Chaos.Models;

/// <summary>An embedding model that goes wrong as its plan says: garbage is one vector too few, with components that are no numbers.</summary>
/// <param name="model">The name of the model.</param>
/// <param name="dimensions">The dimensions of its vectors.</param>
/// <param name="vectorOf">Gets the vector of a text.</param>
/// <param name="plan">The plan. Its operation is <c>embed</c>.</param>
public sealed class ChaosEmbeddingGenerator(string model, int dimensions, Func<string, float[]> vectorOf, FaultPlan plan) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("chaos", defaultModelId: model, defaultModelDimensions: dimensions);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        return plan.RunTaskAsync(
            "embed",
            _ => new ValueTask<GeneratedEmbeddings<Embedding<float>>>(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(vectorOf(text))))),
            () => new GeneratedEmbeddings<Embedding<float>>(texts.Skip(1).Select(_ => new Embedding<float>(Enumerable.Repeat(float.NaN, dimensions).ToArray()))),
            cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
    }
}
