namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Body of <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatRequestMessage> Messages, bool Stream, StreamOptions? StreamOptions);
