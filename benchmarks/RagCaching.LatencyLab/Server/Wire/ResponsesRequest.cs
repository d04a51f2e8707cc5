using System.Text.Json;

namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Body of <c>POST /v1/responses</c>.</summary>
/// <param name="Model">The model.</param>
/// <param name="Input">A string, or an array of items of which messages count.</param>
/// <param name="Instructions">What the model is told besides.</param>
/// <param name="Stream">Whether the answer is streamed.</param>
/// <param name="Store">Whether the server keeps the conversation; it does unless told otherwise.</param>
/// <param name="PreviousResponseId">The answer that this request continues.</param>
internal sealed record ResponsesRequest(string? Model, JsonElement Input, string? Instructions, bool Stream, bool? Store, string? PreviousResponseId)
{
    /// <summary>Gets the messages among the input.</summary>
    public IReadOnlyList<ChatRequestMessage> Messages() => Input.ValueKind switch
    {
        JsonValueKind.String => [new ChatRequestMessage("user", Input)],
        JsonValueKind.Array => [.. Input.EnumerateArray()
            .Where(item => item.TryGetProperty("role", out _) && item.TryGetProperty("content", out _))
            .Select(item => new ChatRequestMessage(item.GetProperty("role").GetString()!, item.GetProperty("content")))],
        _ => [],
    };
}
