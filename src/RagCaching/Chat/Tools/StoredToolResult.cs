using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Tools;

/// <summary>The result of a tool as the text of an answer: a letter that says what it was, then its text or JSON.</summary>
internal static class StoredToolResult
{
    private const char Text = 't';
    private const char Json = 'j';
    private const char Node = 'n';

    /// <summary>Makes the stored form.</summary>
    /// <param name="result">What the tool returned.</param>
    /// <param name="maxLength">The most UTF-16 code units.</param>
    /// <param name="fault">Receives why there is none.</param>
    /// <returns><see langword="null"/> where the result must not be stored.</returns>
    public static string? TryWrite(object? result, int maxLength, out ToolResultFault fault)
    {
        fault = default;
        var written = result switch
        {
            string text => Text + text,
            JsonElement { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } element => Json + element.GetRawText(),
            JsonNode node => Node + node.ToJsonString(),
            _ => null,
        };
        if (written is not null && written.Length - 1 <= maxLength)
        {
            return written;
        }

        fault = written is not null ? ToolResultFault.TooLarge
            : result is null or JsonElement ? ToolResultFault.Null
            : result is byte[] or ReadOnlyMemory<byte> or Memory<byte> or Stream or AIContent or IEnumerable<AIContent> ? ToolResultFault.Binary
            : ToolResultFault.Type;
        return null;
    }

    /// <summary>Makes a result that nobody else has.</summary>
    public static object? Read(string stored) => stored[0] switch
    {
        Json => JsonElement.Parse(stored[1..]),
        Node => JsonNode.Parse(stored[1..]),
        _ => stored[1..],
    };
}
