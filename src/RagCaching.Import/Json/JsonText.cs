using System.Text;
using System.Text.Json;

namespace RagCaching.Import.Json;

/// <summary>Reads texts of a document that nobody has checked.</summary>
internal static class JsonText
{
    /// <summary>Gets a property of an object; <see langword="null"/> where there is none, or no object.</summary>
    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Gets the text of a string; <see langword="null"/> for anything else, and for half of a surrogate pair.</summary>
    public static string? Of(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Gets the text of a message's content: a string, or the texts of a list of parts, of which no other kind may be there: reasoning and summaries are texts, too, and nobody was given them as an answer.</summary>
    public static string? OfContent(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Array } parts)
        {
            return Of(content);
        }

        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            if (Of(Property(part, "type")) is not ("text" or "input_text" or "output_text") || Of(Property(part, "text")) is not { } piece)
            {
                return null;
            }

            text.Append(piece);
        }

        return text.ToString();
    }
}
