using System.Text.Json;

namespace RagCaching.Quality.Data;

/// <summary>One line of a file of JSON objects; what is wrong with it is said with the file, the line and the value.</summary>
/// <param name="path">The file.</param>
/// <param name="number">The number of the line, from 1 on.</param>
/// <param name="line">The object.</param>
internal sealed class JsonLine(string path, int number, JsonElement line)
{
    private const int MostShown = 60;

    public static string Shorten(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    public bool Has(string name) => line.TryGetProperty(name, out _);

    /// <exception cref="QualityException">There is no such property, or it is no text.</exception>
    public string Text(string name) => Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(name, "a text");

    /// <summary>Gets the number of a question.</summary>
    /// <param name="name">The property.</param>
    /// <param name="count">How many questions there are.</param>
    /// <exception cref="QualityException">There is no such property, or no such question.</exception>
    public int Row(string name, int count) =>
        Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var row) && row >= 0 && row < count
            ? row
            : throw Wrong(name, $"the number of one of the {count} questions, from 0 on");

    /// <summary>Gets whether a pair is right.</summary>
    /// <exception cref="QualityException">There is no such property, or it is neither 0 nor 1.</exception>
    public bool IsRight(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var label) && label is 0 or 1
            ? label == 1
            : throw Wrong(name, "1 (right) or 0 (wrong)");

    private JsonElement Get(string name) => line.TryGetProperty(name, out var value)
        ? value
        : throw new QualityException($"{path}, line {number}: there is no '{name}' in '{Shorten(line.GetRawText())}'.");

    private QualityException Wrong(string name, string expected) =>
        new($"{path}, line {number}: '{name}' must be {expected}, but is '{Shorten(Get(name).GetRawText())}'.");
}
