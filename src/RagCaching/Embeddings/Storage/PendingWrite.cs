using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Flights;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;

namespace RagCaching.Embeddings.Storage;

/// <summary>An embedding on its way to the storage.</summary>
/// <param name="Flight">Where it came from; tells whether the entry was removed meanwhile.</param>
/// <param name="Request">The request it was generated for.</param>
/// <param name="Key">The key to store it under.</param>
/// <param name="Vector">The embedding.</param>
internal readonly record struct PendingWrite(EmbeddingFlight Flight, EmbeddingRequest Request, Digest Key, CachedVector Vector);
