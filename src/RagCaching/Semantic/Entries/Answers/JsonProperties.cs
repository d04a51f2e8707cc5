using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Stores those additional properties of an answer that have a JSON form, and makes them anew. Objects of other types have no stored form that is safe to read back.</summary>
internal static class JsonProperties
{
    private const string ReservedPrefix = "ragcaching.";

    /// <summary>Makes the stored form.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="lost">Receives the names of those that have none, with the types of their values; <see langword="null"/> where nobody wants to know.</param>
    /// <returns><see langword="null"/> where there is nothing to store.</returns>
    public static Dictionary<string, JsonElement>? ToJson(AdditionalPropertiesDictionary? properties, Dictionary<string, string>? lost = null)
    {
        Dictionary<string, JsonElement>? stored = null;
        foreach (var (name, value) in properties ?? [])
        {
            // What a cache behind this one said about its own answer says nothing about ours.
            if (name.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (JsonValues.TryWrite(value, out var element))
            {
                (stored ??= [])[name] = element;
            }
            else
            {
                lost?.TryAdd(name, value!.GetType().ToString());
            }
        }

        return stored;
    }

    /// <summary>Makes properties that nobody else has.</summary>
    /// <returns><see langword="null"/> where nothing was stored. Lists and objects are <see cref="JsonElement"/>s.</returns>
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
                JsonValueKind.Array or JsonValueKind.Object => element,
                _ => null,
            };
        }

        return properties;
    }
}
