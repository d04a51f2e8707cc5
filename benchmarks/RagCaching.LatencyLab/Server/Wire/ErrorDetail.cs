namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>What was wrong.</summary>
internal sealed record ErrorDetail(string Message, string Type);
