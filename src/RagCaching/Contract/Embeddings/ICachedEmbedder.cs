using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An embedding generator that caches the embeddings it generates.</summary>
/// <remarks>Implementations are thread-safe.</remarks>
public interface ICachedEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Gets the embedding of one text.</summary>
    /// <param name="text">The text. Blank and very long texts are embedded but not cached.</param>
    /// <param name="options">Options of the request. Options that change the result are part of the key.</param>
    /// <param name="cancellationToken">Cancels this caller's wait. Work that other callers wait for continues.</param>
    /// <returns>The vector. It may be shared with other callers, so do not write to it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The generator did not return one embedding for each text.</exception>
    /// <remarks>A hit in the local tier completes synchronously, and allocates nothing if there are no options.</remarks>
    ValueTask<ReadOnlyMemory<float>> GenerateVectorAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the embedding of one text from the cache.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The options with which it was embedded.</param>
    /// <param name="cancellationToken">Cancels the wait for the storage.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// An embedding that is being generated at the same time reaches its callers but is not kept. A failure of the storage is logged and counted;
    /// the stored copy then stays until it expires. Other processes keep their local copies until those expire.
    /// </remarks>
    ValueTask RemoveAsync(string text, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default);
}
