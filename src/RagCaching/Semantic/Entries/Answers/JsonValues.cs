using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Writes loosely typed values as JSON, without reflection: what is made of plain values, lists and dictionaries, however deep.</summary>
internal static class JsonValues
{
    // A stored answer has a bound to its depth, and a citation in a part of a message is some levels down.
    private const int DeepestLevel = 32;

    /// <summary>Writes a value.</summary>
    /// <returns><see langword="false"/> when it, or something in it, has no JSON form.</returns>
    public static bool TryWrite(object? value, out JsonElement element)
    {
        element = default;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (!TryWrite(writer, value, level: 0))
            {
                // Disposing would otherwise find half a document, and say so.
                writer.Reset();
                return false;
            }
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        element = document.RootElement.Clone();
        return true;
    }

    private static bool TryWrite(Utf8JsonWriter writer, object? value, int level)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case char character:
                writer.WriteStringValue(character.ToString());
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case Enum name:
                writer.WriteStringValue(name.ToString());
                return true;
            case byte or sbyte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong whole:
                writer.WriteNumberValue(whole);
                return true;
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case Half or float or double:
                return TryWriteNumber(writer, value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture));
            case Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Uri or Version:
                writer.WriteStringValue(value is DateTime or DateTimeOffset or DateOnly or TimeOnly
                    ? ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)
                    : Convert.ToString(value, CultureInfo.InvariantCulture));
                return true;
            case JsonElement element:
                return element.ValueKind != JsonValueKind.Undefined && TryWriteJson(writer, element.WriteTo, level, DepthOf(element));
            case JsonDocument document:
                return TryWriteJson(writer, document.WriteTo, level, DepthOf(document.RootElement));
            case JsonNode node:
                return TryWriteNode(writer, node, level);
            default:
                return level < DeepestLevel && TryWriteMany(writer, value, level + 1);
        }
    }

    private static bool TryWriteNumber(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
        {
            return false;
        }

        writer.WriteNumberValue(number);
        return true;
    }

    private static bool TryWriteNode(Utf8JsonWriter writer, JsonNode node, int level)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return TryWriteJson(writer, document.WriteTo, level, DepthOf(document.RootElement));
    }

    private static bool TryWriteJson(Utf8JsonWriter writer, Action<Utf8JsonWriter> write, int level, int depth)
    {
        if (level + depth > DeepestLevel)
        {
            return false;
        }

        write(writer);
        return true;
    }

    private static bool TryWriteMany(Utf8JsonWriter writer, object value, int level)
    {
        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> members:
                return TryWriteMembers(writer, members, level);
            case IEnumerable<KeyValuePair<string, string?>> members:
                return TryWriteMembers(writer, members.Select(member => KeyValuePair.Create(member.Key, (object?)member.Value)), level);
            case IDictionary members when members.Keys.Cast<object>().All(key => key is string):
                return TryWriteMembers(writer, members.Cast<DictionaryEntry>().Select(member => KeyValuePair.Create((string)member.Key, member.Value)), level);
            case IDictionary:
                return false;

            // Lists only: reading any other sequence may have an effect, or no end.
            case IList elements:
                return TryWriteElements(writer, elements, level);
            case IReadOnlyCollection<object?> elements:
                return TryWriteElements(writer, elements, level);
            default:
                return false;
        }
    }

    private static bool TryWriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members, int level)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            if (!TryWrite(writer, member, level))
            {
                return false;
            }
        }

        writer.WriteEndObject();
        return true;
    }

    private static bool TryWriteElements(Utf8JsonWriter writer, IEnumerable elements, int level)
    {
        writer.WriteStartArray();
        foreach (var element in elements)
        {
            if (!TryWrite(writer, element, level))
            {
                return false;
            }
        }

        writer.WriteEndArray();
        return true;
    }

    private static int DepthOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(member => DepthOf(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + element.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
