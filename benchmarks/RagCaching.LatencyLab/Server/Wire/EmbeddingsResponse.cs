namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Answer of <c>POST /v1/embeddings</c>.</summary>
internal sealed record EmbeddingsResponse(string Object, IReadOnlyList<EmbeddingItem> Data, string Model, TokenUsage Usage);
