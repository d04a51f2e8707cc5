using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An embedding generator that remembers what it generated.</summary>
/// <remarks>Implementations are thread-safe.</remarks>
public interface ICachedEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Gets the embedding of one text.</summary>
    /// <param name="text">The text. Blank and very long texts are embedded but not remembered.</param>
    /// <param name="options">Options of the request; those that change the result are a part of the key.</param>
    /// <param name="cancellationToken">Cancels this caller's wait. Work that others wait for goes on.</param>
    /// <returns>The vector. It may be shared with other callers and must not be written to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The generator did not return one embedding for each text.</exception>
    /// <remarks>A hit in the local tier completes at once, and allocates nothing if there are no options.</remarks>
    ValueTask<ReadOnlyMemory<float>> GenerateVectorAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Forgets the embedding of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The options with which it was embedded.</param>
    /// <param name="cancellationToken">Cancels the wait for the storage.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// An embedding that is being generated meanwhile reaches its callers but is not kept. A storage that fails is logged and counted;
    /// its copy then stays until it expires. Other processes keep their local copies until those expire.
    /// </remarks>
    ValueTask RemoveAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default);
}
