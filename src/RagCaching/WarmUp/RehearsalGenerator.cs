using Microsoft.Extensions.AI;

namespace RagCaching.WarmUp;

/// <summary>Gives all texts the same vector, so that all mean the same.</summary>
internal sealed class RehearsalGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    // No model of a host has this name.
    public static readonly EmbeddingGeneratorMetadata Metadata = new("rehearsal", providerUri: null, Rehearsal.Name, Dimensions);

    private const int Dimensions = 384;

    /// <summary>Gets the vector.</summary>
    public float[] Vector { get; } = [.. Enumerable.Repeat(1 / MathF.Sqrt(Dimensions), Dimensions)];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(Vector))));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata : null;

    public void Dispose()
    {
    }
}
