using System.Text.Json;
using RagCaching.Import.Values;

namespace RagCaching.Import.Json;

/// <summary>Makes an answer of an entry of RedisVL: <c>prompt</c>, <c>response</c> and the filterable fields.</summary>
internal sealed class RedisVLEntry(RedisVLOptions options)
{
    public const string Prompt = "prompt";
    public const string Response = "response";

    private readonly AnswerMaker _maker = new(options);
    private readonly string[] _scopeFields = [.. options.ScopeFields];
    private readonly string[] _tagFields = [.. options.TagFields];

    /// <summary>Reads a line.</summary>
    public IReadOnlyList<ImportedAnswer> Read(long line, JsonElement root) => root.ValueKind == JsonValueKind.Object
        ? [Make(line, name => Field(root, name), timeToLive: null)]
        : [AnswerMaker.Faulty(line, "line", "An entry is an object with 'prompt' and 'response'.")];

    /// <summary>Makes an answer of fields.</summary>
    public ImportedAnswer Make(long line, Func<string, string?> field, TimeSpan? timeToLive)
    {
        var parts = _scopeFields.Select(field).ToArray();
        var scope = ScopeParts.TryMake(parts);
        if (parts.Length > 0 && scope is null)
        {
            return AnswerMaker.Faulty(line, _scopeFields[Array.FindIndex(parts, string.IsNullOrWhiteSpace)], "It is missing or blank, and the scope is made of it.");
        }

        return _maker.Make(line, new Record(field(Prompt), field(Response))
        {
            QuestionField = Prompt,
            AnswerField = Response,
            Scope = scope,
            Tags = [.. _tagFields.Select(name => (name, Value: field(name))).Where(tag => !string.IsNullOrWhiteSpace(tag.Value)).Select(tag => $"{tag.name}={tag.Value}")],
            TimeToLive = timeToLive,
        });
    }

    // Filterable fields stand beside the others, or in 'filters', depending on what wrote the entry.
    private static string? Field(JsonElement root, string name)
    {
        var value = JsonText.Property(root, name) ?? (JsonText.Property(root, "filters") is { } filters ? JsonText.Property(filters, name) : null);
        return value is { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } plain ? plain.GetRawText() : JsonText.Of(value);
    }
}
