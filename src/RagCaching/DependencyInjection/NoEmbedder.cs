using Microsoft.Extensions.AI;

namespace RagCaching.DependencyInjection;

/// <summary>Stands where the embedder of a cache would be that embeds nothing.</summary>
internal sealed class NoEmbedder : ICachedEmbedder
{
    // Of a host that has no generator: another one that shares the store without any finds the same answers.
    private static readonly EmbeddingGeneratorMetadata Metadata = new("ragcaching", providerUri: null, "exact-only");

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromException<GeneratedEmbeddings<Embedding<float>>>(NotThere());

    public ValueTask<ReadOnlyMemory<float>> GenerateVectorAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<ReadOnlyMemory<float>>(NotThere());

    public ValueTask RemoveAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata : null;

    public void Dispose()
    {
    }

    private static InvalidOperationException NotThere() => new("The cache was registered with UseExactOnly and embeds nothing. Register an embedding generator, and leave ExactOnly out.");
}
