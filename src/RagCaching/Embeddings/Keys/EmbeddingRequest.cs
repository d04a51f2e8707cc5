using Microsoft.Extensions.AI;

namespace RagCaching.Embeddings.Keys;

/// <summary>What a caller asks for, read from its options.</summary>
/// <param name="Variant">What the vectors must have in common.</param>
/// <param name="IsRefresh">Whether an answer from the cache is not wanted.</param>
/// <param name="TimeToLive">How long what is generated is kept.</param>
/// <param name="Options">The caller's own options; see <see cref="EmbeddingControls.WithoutControls"/>.</param>
internal readonly record struct EmbeddingRequest(EmbeddingVariant Variant, bool IsRefresh, TimeSpan TimeToLive, EmbeddingGenerationOptions? Options);
