using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Stores those additional properties of an answer that are plain values; objects have no stored form that is safe to read back.</summary>
internal static class PrimitiveProperties
{
    private const string ReservedPrefix = "ragcaching.";

    public static Dictionary<string, JsonElement>? ToJson(AdditionalPropertiesDictionary properties)
    {
        Dictionary<string, JsonElement>? stored = null;
        foreach (var (name, value) in properties)
        {
            // What a cache behind this one said about its own answer says nothing about ours.
            if (!name.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase) && ToJson(value) is { } element)
            {
                (stored ??= [])[name] = element;
            }
        }

        return stored;
    }

    public static AdditionalPropertiesDictionary? FromJson(IReadOnlyDictionary<string, JsonElement>? stored)
    {
        if (stored is null)
        {
            return null;
        }

        var properties = new AdditionalPropertiesDictionary();
        foreach (var (name, element) in stored)
        {
            // Object-typed arms: otherwise the compiler makes every number a double.
            properties[name] = element.ValueKind switch
            {
                JsonValueKind.String => (object?)element.GetString(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
                JsonValueKind.Number => element.GetDouble(),
                _ => null,
            };
        }

        return properties;
    }

    private static JsonElement? ToJson(object? value) => value switch
    {
        string text => JsonSerializer.SerializeToElement(text, StoredAnswerContext.Default.String),
        bool flag => JsonSerializer.SerializeToElement(flag, StoredAnswerContext.Default.Boolean),
        byte or sbyte or short or ushort or int or uint or long =>
            JsonSerializer.SerializeToElement(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture), StoredAnswerContext.Default.Int64),
        float number when float.IsFinite(number) => JsonSerializer.SerializeToElement((double)number, StoredAnswerContext.Default.Double),
        double number when double.IsFinite(number) => JsonSerializer.SerializeToElement(number, StoredAnswerContext.Default.Double),
        JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number } element => element.Clone(),
        _ => null,
    };
}
