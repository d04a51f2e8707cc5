namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>An answer of <c>/v1/responses</c>, whole or as far as it has come.</summary>
internal sealed record ResponsesAnswer(
    string Id, string Object, long CreatedAt, string Status, string? Model, IReadOnlyList<ResponsesMessage> Output, bool Store, string? PreviousResponseId = null, ResponsesUsage? Usage = null);
