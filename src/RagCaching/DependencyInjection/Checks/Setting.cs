using System.Text.Json;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>A setting as the JSON schema of the package describes it. Immutable.</summary>
internal sealed class Setting
{
    private Setting(SettingKind kind) => Kind = kind;

    /// <summary>Gets what it holds.</summary>
    public SettingKind Kind { get; }

    /// <summary>Gets the settings of a section by their names.</summary>
    public IReadOnlyDictionary<string, Setting> Children { get; private init; } = new Dictionary<string, Setting>();

    /// <summary>Gets what each entry of a list or a map holds.</summary>
    public Setting? Entry { get; private init; }

    /// <summary>Gets the names to choose from.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>Gets the smallest number.</summary>
    public double Minimum { get; private init; }

    /// <summary>Gets a value indicating whether the smallest number is itself too small.</summary>
    public bool IsMinimumExcluded { get; private init; }

    /// <summary>Gets the largest number.</summary>
    public double Maximum { get; private init; }

    /// <summary>Gets a value indicating whether the largest number is itself too large.</summary>
    public bool IsMaximumExcluded { get; private init; }

    /// <summary>Gets a value indicating whether the value must stay out of messages.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>Gets a value indicating whether the section sets nothing while it is empty, and is not there by itself.</summary>
    public bool MustNotBeEmpty { get; private init; }

    /// <summary>Reads the setting that a schema describes: the only property of its root.</summary>
    public static Setting Read(Stream schema)
    {
        using var document = JsonDocument.Parse(schema);
        return Read(document.RootElement.GetProperty("properties").EnumerateObject().Single().Value);
    }

    private static Setting Read(JsonElement schema)
    {
        var properties = Find(schema, "properties");
        var entry = Find(schema, "items") ?? (properties is null ? Find(schema, "additionalProperties") : null);
        return new Setting(KindOf(schema, properties is not null))
        {
            Children = properties?.EnumerateObject().ToDictionary(child => child.Name, child => Read(child.Value), StringComparer.OrdinalIgnoreCase) ?? [],
            Entry = entry is { } described ? Read(described) : null,
            Choices = Find(schema, "enum")?.EnumerateArray().Select(choice => choice.GetString()!).ToArray() ?? [],
            Minimum = Find(schema, "minimum")?.GetDouble() ?? Find(schema, "exclusiveMinimum")?.GetDouble() ?? double.NegativeInfinity,
            IsMinimumExcluded = Find(schema, "exclusiveMinimum") is not null,
            Maximum = Find(schema, "maximum")?.GetDouble() ?? Find(schema, "exclusiveMaximum")?.GetDouble() ?? double.PositiveInfinity,
            IsMaximumExcluded = Find(schema, "exclusiveMaximum") is not null,
            IsSecret = Find(schema, "writeOnly") is not null,
            MustNotBeEmpty = Find(schema, "minProperties") is not null,
        };
    }

    private static SettingKind KindOf(JsonElement schema, bool hasNames) => schema.GetProperty("type").GetString() switch
    {
        "object" => hasNames ? SettingKind.Section : SettingKind.Map,
        "array" => SettingKind.List,
        "boolean" => SettingKind.Flag,
        "number" => SettingKind.Number,
        "integer" => SettingKind.WholeNumber,
        _ => Find(schema, "enum") is not null ? SettingKind.Choice : Find(schema, "pattern") is not null ? SettingKind.Time : SettingKind.Text,
    };

    private static JsonElement? Find(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value : null;
}
