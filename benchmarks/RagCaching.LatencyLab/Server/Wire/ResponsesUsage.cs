namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Counts of tokens; here, of words.</summary>
internal sealed record ResponsesUsage(int InputTokens, int OutputTokens, int TotalTokens);
