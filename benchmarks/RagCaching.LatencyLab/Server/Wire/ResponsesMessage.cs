namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>The one message of an answer.</summary>
internal sealed record ResponsesMessage(string Id, string Type, string Status, string Role, IReadOnlyList<ResponsesText> Content);
