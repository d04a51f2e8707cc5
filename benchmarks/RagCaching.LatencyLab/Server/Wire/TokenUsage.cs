namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Counts of tokens; here, of words.</summary>
internal sealed record TokenUsage(int PromptTokens, int? CompletionTokens, int TotalTokens);
