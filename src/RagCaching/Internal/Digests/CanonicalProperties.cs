using System.Globalization;
using System.Text.Json;

namespace RagCaching.Internal.Digests;

/// <summary>Puts a dictionary of loosely typed options into a digest, whatever the order in which they were set.</summary>
/// <remarks>
/// Only values whose meaning is fully known take part. For any other object two that differ could look alike, and a cache would then
/// give one request the result of the other, so the whole dictionary is refused instead.
/// </remarks>
internal static class CanonicalProperties
{
    // Each value is preceded by its kind: without it a text and a Guid of the same bytes would be one value.
    private enum ValueKind : long
    {
        Null,
        Text,
        Flag,
        Integer,
        LargeInteger,
        Number,
        Decimal,
        Enumeration,
        Guid,
        Time,
        Json,
        Texts,
    }

    /// <summary>Adds all properties, sorted by name.</summary>
    /// <param name="builder">Receives them. After a refusal it holds a part of them and must be released.</param>
    /// <param name="properties">The properties; none at all and an empty dictionary are the same.</param>
    /// <param name="skippedPrefix">Properties whose names start so, in any case, are left out.</param>
    /// <param name="skipped">The names of others that are left out.</param>
    /// <returns><see langword="false"/> if a value is of a type that has no canonical form.</returns>
    public static bool TryAdd(ref DigestBuilder builder, IReadOnlyDictionary<string, object?>? properties, string skippedPrefix, IReadOnlySet<string>? skipped = null)
    {
        if (properties is null || properties.Count == 0)
        {
            builder.Add(0L);
            return true;
        }

        var names = properties.Keys.Where(name => !name.StartsWith(skippedPrefix, StringComparison.OrdinalIgnoreCase) && skipped?.Contains(name) != true).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        builder.Add((long)names.Length);
        foreach (var name in names)
        {
            builder.Add(name);
            if (!TryAddValue(ref builder, properties[name]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAddValue(ref DigestBuilder builder, object? value)
    {
        switch (value)
        {
            case null:
                AddKind(ref builder, ValueKind.Null);
                return true;
            case string text:
                AddKind(ref builder, ValueKind.Text);
                builder.Add(text);
                return true;
            case bool flag:
                AddKind(ref builder, ValueKind.Flag);
                builder.Add(flag);
                return true;
            case sbyte or byte or short or ushort or int or uint or long:
                AddKind(ref builder, ValueKind.Integer);
                builder.Add(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong integer:
                return AddText(ref builder, ValueKind.LargeInteger, integer.ToString(CultureInfo.InvariantCulture));
            case float number:
                AddKind(ref builder, ValueKind.Number);
                builder.Add((double)number);
                return true;
            case double number:
                AddKind(ref builder, ValueKind.Number);
                builder.Add(number);
                return true;
            case decimal number:
                return AddText(ref builder, ValueKind.Decimal, number.ToString(CultureInfo.InvariantCulture));
            case Enum enumeration:
                AddKind(ref builder, ValueKind.Enumeration);
                builder.Add(enumeration.GetType().FullName);
                builder.Add(enumeration.ToString("D"));
                return true;
            case Guid guid:
                return AddText(ref builder, ValueKind.Guid, guid.ToString());
            case DateTimeOffset time:
                AddKind(ref builder, ValueKind.Time);
                builder.Add(time.UtcTicks);
                builder.Add(time.Offset.Ticks);
                return true;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } json:
                // The raw text is not canonical, since white space and the order of members stay. Two spellings of one value
                // cost a miss; they cannot cause a wrong hit.
                return AddText(ref builder, ValueKind.Json, json.GetRawText());
            case IReadOnlyList<string> texts:
                AddTexts(ref builder, texts);
                return true;
            default:
                return false;
        }
    }

    private static void AddTexts(ref DigestBuilder builder, IReadOnlyList<string> texts)
    {
        AddKind(ref builder, ValueKind.Texts);
        builder.Add((long)texts.Count);
        foreach (var text in texts)
        {
            builder.Add(text);
        }
    }

    private static bool AddText(ref DigestBuilder builder, ValueKind kind, string text)
    {
        AddKind(ref builder, kind);
        builder.Add(text);
        return true;
    }

    private static void AddKind(ref DigestBuilder builder, ValueKind kind) => builder.Add((long)kind);
}
