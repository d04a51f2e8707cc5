using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Models;

/// <summary><see cref="FeatureHashingEncoder"/> as an embedding generator. Thread-safe.</summary>
internal sealed class HashingEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    public const string ModelId = "stand-in-encoder";

    private static readonly EmbeddingGeneratorMetadata Metadata = new("lab", null, ModelId, FeatureHashingEncoder.Dimensions);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(FeatureHashingEncoder.Encode(text)) { ModelId = ModelId })));

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
