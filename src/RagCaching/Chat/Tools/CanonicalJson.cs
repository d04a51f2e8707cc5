using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Faults;

namespace RagCaching.Chat.Tools;

/// <summary>Writes the arguments of a call so that equal ones are written alike: members by name, numbers by value, without white space.</summary>
internal static class CanonicalJson
{
    private const int DeepestLevel = 32;

    // As many digits as a decimal keeps. Of a longer number the text counts, so that no two numbers become one.
    private const int MostExactDigits = 28;

    /// <summary>Writes arguments.</summary>
    /// <param name="arguments">The arguments; none at all and an empty dictionary are the same.</param>
    /// <param name="options">How the function's own values become JSON.</param>
    /// <returns>UTF-8 JSON; <see langword="null"/> when a value has no JSON form, or a getter of it fails. A serializer says in many ways that there is a cycle, or a number that is none.</returns>
    public static byte[]? TryWrite(IEnumerable<KeyValuePair<string, object?>> arguments, JsonSerializerOptions options) =>
        Quietly.Get(static call => Write(call.Arguments, call.Options), (Arguments: arguments, Options: options), fallback: null);

    private static byte[]? Write(IEnumerable<KeyValuePair<string, object?>> arguments, JsonSerializerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var (name, value) in arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            if (!TryWrite(writer, ToElement(value, options), level: 1))
            {
                writer.Reset();
                return null;
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement ToElement(object? value, JsonSerializerOptions options) => value switch
    {
        JsonElement element => element,
        null => JsonSerializer.SerializeToElement(null, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object))),
        _ => JsonSerializer.SerializeToElement(value, options.GetTypeInfo(value.GetType())),
    };

    private static bool TryWrite(Utf8JsonWriter writer, JsonElement element, int level)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when level < DeepestLevel:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    if (!TryWrite(writer, member.Value, level + 1))
                    {
                        return false;
                    }
                }

                writer.WriteEndObject();
                return true;
            case JsonValueKind.Array when level < DeepestLevel:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    if (!TryWrite(writer, item, level + 1))
                    {
                        return false;
                    }
                }

                writer.WriteEndArray();
                return true;
            case JsonValueKind.Number:
                writer.WriteRawValue(Canonical(element), skipInputValidation: true);
                return true;
            case JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                element.WriteTo(writer);
                return true;
            default:
                return false;
        }
    }

    // 1, 1.0 and 1e0 are one number.
    private static string Canonical(JsonElement number)
    {
        var text = number.GetRawText();
        if (text.Count(char.IsAsciiDigit) > MostExactDigits || !number.TryGetDecimal(out var value))
        {
            return text;
        }

        var plain = value.ToString(CultureInfo.InvariantCulture);
        return value == 0 ? "0" : plain.Contains('.', StringComparison.Ordinal) ? plain.TrimEnd('0').TrimEnd('.') : plain;
    }
}
