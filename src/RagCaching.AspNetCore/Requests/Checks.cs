using System.Globalization;

namespace RagCaching.AspNetCore.Requests;

/// <summary>Refuses values that cannot be meant.</summary>
internal static class Checks
{
    public const int MaxName = 512;
    public const int MaxId = 200;
    public const int MaxQuestion = 20_000;
    public const int MaxAnswer = 100_000;
    private const int MaxTags = 32;

    /// <summary>Checks a text that must be there.</summary>
    public static string Text(string? value, string field, int maxLength) =>
        string.IsNullOrWhiteSpace(value) ? throw new Refusal($"'{field}' is missing or blank.") : Optional(value, field, maxLength)!;

    /// <summary>Checks a text that may be missing, but not blank.</summary>
    public static string? Optional(string? value, string field, int maxLength) => value switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(value) => throw new Refusal($"'{field}' is blank. Leave it out, or give it a value."),
        _ when value.Length > maxLength => throw new Refusal($"'{field}' has {value.Length} characters; at most {maxLength} are allowed."),
        _ => value,
    };

    /// <summary>Checks the id of a stored answer, which is short and has no signs that need an escape.</summary>
    public static string Id(string? value, string field)
    {
        var id = Text(value, field, MaxId);
        return id.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '=' or '+' or '/' or '~') ? id : throw new Refusal($"'{field}' is no id of a stored answer: it has signs that no id has.");
    }

    /// <summary>Reads how many items of a list are wanted.</summary>
    public static int Limit(string? limit, int byDefault, int most) => limit is null ? byDefault
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw new Refusal($"'limit' must be a whole number in 1 to {most}.");

    public static IReadOnlyList<string> Tags(string[]? tags) => tags switch
    {
        null => [],
        { Length: > MaxTags } => throw new Refusal($"'tags' has {tags.Length} tags; at most {MaxTags} are allowed."),
        _ => [.. tags.Select(tag => Text(tag, "tags", MaxName))],
    };
}
