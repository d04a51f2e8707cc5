namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Body of an answer that is an error.</summary>
internal sealed record ErrorResponse(ErrorDetail Error);
