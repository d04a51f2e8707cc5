using System.Text.Json;

namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Body of <c>POST /v1/embeddings</c>.</summary>
/// <param name="Model">The model.</param>
/// <param name="Input">A string or an array of strings.</param>
/// <param name="EncodingFormat"><c>float</c> or <c>base64</c>; the official client asks for the latter.</param>
internal sealed record EmbeddingsRequest(string Model, JsonElement Input, string? EncodingFormat);
