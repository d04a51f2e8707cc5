namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>A whole answer, or one chunk of a stream.</summary>
internal sealed record ChatCompletion(string Id, string Object, long Created, string Model, IReadOnlyList<ChatChoice> Choices, TokenUsage? Usage = null);
