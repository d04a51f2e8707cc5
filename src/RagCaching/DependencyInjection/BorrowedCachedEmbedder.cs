using Microsoft.Extensions.AI;

namespace RagCaching.DependencyInjection;

/// <summary>The embedding cache inside a generator of the host: what the host made, the host disposes, and the container would dispose whatever a registration of ours returns.</summary>
internal sealed class BorrowedCachedEmbedder(ICachedEmbedder embedder) : DelegatingEmbeddingGenerator<string, Embedding<float>>(embedder), ICachedEmbedder
{
    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<float>> GenerateVectorAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        embedder.GenerateVectorAsync(text, options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        embedder.RemoveAsync(text, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => embedder.GetService(serviceType, serviceKey);

    // The container that made the generator, or the host that made it an instance, disposes it.
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}
