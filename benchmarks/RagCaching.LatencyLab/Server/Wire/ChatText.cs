namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Text of an answer, and in the first piece who says it.</summary>
internal sealed record ChatText(string? Role, string? Content);
