using System.Text.Json;

namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>A message of a prompt.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Content">A string, or an array of parts of which those with a text count.</param>
internal sealed record ChatRequestMessage(string Role, JsonElement Content)
{
    /// <summary>Gets the text of the content.</summary>
    public string Text() => Content.ValueKind switch
    {
        JsonValueKind.String => Content.GetString()!,
        JsonValueKind.Array => string.Concat(Content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : null)),
        _ => "",
    };
}
