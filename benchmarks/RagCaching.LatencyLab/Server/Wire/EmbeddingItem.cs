using System.Text.Json;

namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>One vector.</summary>
/// <param name="Object">Always <c>embedding</c>.</param>
/// <param name="Index">Its position in the request.</param>
/// <param name="Embedding">An array of numbers, or the little-endian bytes of the floats as base64.</param>
internal sealed record EmbeddingItem(string Object, int Index, JsonElement Embedding);
