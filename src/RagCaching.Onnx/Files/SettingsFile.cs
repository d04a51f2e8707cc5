using System.Text.Json;

namespace RagCaching.Onnx.Files;

/// <summary>One of the JSON files that come with a model. A file that is missing says nothing.</summary>
internal sealed class SettingsFile
{
    // The largest of these files has a few kilobytes.
    private const int MostBytes = 1 << 20;

    private readonly string _path;
    private readonly JsonElement _root;

    private SettingsFile(string path, JsonElement root) => (_path, _root) = (path, root);

    /// <summary>Gets whether there is such a file.</summary>
    public bool Exists => _root.ValueKind != JsonValueKind.Undefined;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON, or far larger than such a file.</exception>
    public static SettingsFile Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return new SettingsFile(path, default);
        }

        var length = new FileInfo(path).Length;
        if (length > MostBytes)
        {
            throw new InvalidDataException($"{path} has {length} bytes, more than the {MostBytes} of any such file. Take the file that came with the model, or remove it and set options instead.");
        }

        try
        {
            return new SettingsFile(path, JsonElement.Parse(File.ReadAllBytes(path)));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not JSON: {exception.Message} Take the file that came with the model, or remove it and set options instead.", exception);
        }
    }

    public bool? Boolean(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, "true or false");

    /// <summary>Gets a number; numbers too large to be meant, with which tokenisers say "no limit", are none.</summary>
    public int? Integer(string name) => Find(name) is not { } value ? null
        : value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || number < 0 ? throw Wrong(name, "a number")
        : number > int.MaxValue ? null
        : (int)number;

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String ? content.GetString()
        : throw Wrong(name, "a text");

    /// <summary>Gets a text of an object in the file.</summary>
    public string? TextIn(string name, string inner) => Find(name) is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(inner, out var text)
        ? text.ValueKind == JsonValueKind.String ? text.GetString() : throw Wrong($"{name}.{inner}", "a text")
        : null;

    /// <summary>Gets the names of the properties that are true.</summary>
    public IEnumerable<string> Trues() => _root.ValueKind == JsonValueKind.Object
        ? _root.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.True).Select(property => property.Name)
        : [];

    /// <summary>Gets a text of every object of a list.</summary>
    public IEnumerable<string> Texts(string name) => _root.ValueKind == JsonValueKind.Array
        ? _root.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
            .Select(item => item.GetProperty(name).GetString()!)
        : throw new InvalidDataException($"{_path} is not a list. Take the file that came with the model, or remove it and set options instead.");

    public override string ToString() => _path;

    private JsonElement? Find(string name) => _root.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.Object => _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null,
        _ => throw new InvalidDataException($"{_path} is not an object. Take the file that came with the model, or remove it and set options instead."),
    };

    private InvalidDataException Wrong(string name, string expected) =>
        new($"{_path}: '{name}' must be {expected}. Take the file that came with the model, or remove it and set options instead.");
}
