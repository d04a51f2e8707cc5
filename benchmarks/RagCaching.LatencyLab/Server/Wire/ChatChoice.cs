namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>The one choice of an answer: a message when it is whole, a delta in a stream.</summary>
internal sealed record ChatChoice(int Index, ChatText? Message = null, ChatText? Delta = null, string? FinishReason = null);
