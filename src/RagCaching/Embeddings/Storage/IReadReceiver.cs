using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Flights;

namespace RagCaching.Embeddings.Storage;

/// <summary>Whoever wants embeddings from the storage.</summary>
internal interface IReadReceiver
{
    /// <summary>Gets the token that ends the reads.</summary>
    CancellationToken Token { get; }

    /// <summary>Takes an embedding that was found. Calls may overlap.</summary>
    void Take(EmbeddingFlight flight, CachedVector vector);
}
