using System.Globalization;
using Microsoft.Extensions.Configuration;
using RagCaching.Internal.Text;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Compares configuration with the schema, and says of each mistake what was probably meant.</summary>
/// <param name="root">The settings of the section that was given.</param>
/// <param name="isElsewhere">Whether a key belongs to another section that was given to a cache or a package of this host, or is checked with other options.</param>
internal sealed class SettingsWalk(Setting root, Func<IConfigurationSection, bool> isElsewhere)
{
    private readonly List<string> _faults = [];

    /// <summary>Gets the mistakes.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Checks the keys of a section, and what they hold.</summary>
    /// <param name="section">The section.</param>
    /// <param name="setting">Its description.</param>
    /// <param name="holdsMore">Whether it also holds what has nothing to do with the cache, so that only keys that look like mistakes are.</param>
    public void CheckKeys(IConfiguration section, Setting setting, bool holdsMore = false)
    {
        foreach (var child in section.GetChildren().Where(child => !isElsewhere(child)))
        {
            if (setting.Children.TryGetValue(child.Key, out var known))
            {
                Check(child, known);
            }
            else if (!holdsMore || NearestName.Of(child.Key, setting.Children.Keys) is not null)
            {
                _faults.Add($"'{child.Path}' is no setting.{Meant(child.Key, setting)}");
            }
        }
    }

    /// <summary>Checks one setting.</summary>
    public void Check(IConfigurationSection section, Setting setting)
    {
        var hasKeys = section.GetChildren().Any();
        switch (setting.Kind)
        {
            case SettingKind.Section or SettingKind.Map when !hasKeys:
                if (!string.IsNullOrEmpty(section.Value))
                {
                    _faults.Add($"'{section.Path}' is a section, but {Was(section, setting)}.{AsSection(section, setting)}");
                }
                else if (setting.MustNotBeEmpty && section.Value is not null)
                {
                    _faults.Add($"'{section.Path}' is an empty section, which switches nothing on. Set at least one of {string.Join(", ", setting.Children.Keys)}.");
                }

                break;
            case SettingKind.Section:
                CheckKeys(section, setting);
                break;
            case SettingKind.Map:
                CheckEntries(section, setting);
                break;
            case SettingKind.List:
                CheckList(section, setting, hasKeys);
                break;
            case var _ when hasKeys:
                _faults.Add($"'{section.Path}' is a single value, but was given {Keys(section)}.");
                break;
            case var _ when section.Value is { } value && ValueFault.Of(setting, value) is { } fault:
                _faults.Add($"'{section.Path}' {fault}");
                break;
            default:
                break;
        }
    }

    private void CheckList(IConfigurationSection section, Setting setting, bool hasKeys)
    {
        if (!hasKeys && !string.IsNullOrEmpty(section.Value))
        {
            _faults.Add($"'{section.Path}' is a list, but was a single value. Put it between [ and ].");
        }
        else if (section.GetChildren().FirstOrDefault(child => !int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is not null)
        {
            _faults.Add($"'{section.Path}' is a list, but was given {Keys(section)}. Put each entry between [ and ].");
        }
        else
        {
            CheckEntries(section, setting);
        }
    }

    private void CheckEntries(IConfigurationSection section, Setting setting)
    {
        foreach (var entry in section.GetChildren())
        {
            if (entry.Value is null && !entry.GetChildren().Any())
            {
                _faults.Add($"'{entry.Path}' has no value. Give it one, or take it out.");
            }
            else
            {
                Check(entry, setting.Entry!);
            }
        }
    }

    private static string Was(IConfigurationSection section, Setting setting) => setting.IsSecret ? "was a single value" : $"was the single value '{section.Value}'";

    // The first setting that can hold the value is the one that it was meant for.
    private static string AsSection(IConfigurationSection section, Setting setting)
    {
        var target = setting.Children.FirstOrDefault(child => child.Value.Kind is not (SettingKind.Section or SettingKind.Map or SettingKind.List or SettingKind.Text) && ValueFault.Of(child.Value, section.Value!) is null).Key;
        return setting.IsSecret || target is null ? "" : $" Write \"{section.Key}\": {{ \"{target}\": {Quoted(section.Value!, setting.Children[target])} }}.";
    }

    private static string Quoted(string value, Setting setting) => setting.Kind switch
    {
        SettingKind.Choice or SettingKind.Time => $"\"{value}\"",
        SettingKind.Flag => bool.Parse(value) ? "true" : "false",
        _ => value,
    };

    private static string Keys(IConfigurationSection section)
    {
        string[] keys = [.. section.GetChildren().Select(child => child.Key)];
        return keys.All(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? "a list" : $"a section with {string.Join(", ", keys.Select(key => $"'{key}'"))}";
    }

    private string Meant(string key, Setting setting) =>
        NearestName.Hint(key, setting.Children.Keys) is { Length: > 0 } near ? near
        : NearestElsewhere(key) is { } path ? $" Did you mean '{path}'?"
        : $" The settings here are {string.Join(", ", setting.Children.Keys)}.";

    // A setting in the wrong section.
    private string? NearestElsewhere(string key)
    {
        var paths = PathsOf(root, "").ToLookup(path => path[(path.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase);
        return NearestName.Of(key, paths.Select(group => group.Key)) is { } name ? paths[name].First() : null;
    }

    private static IEnumerable<string> PathsOf(Setting setting, string prefix) =>
        setting.Children.SelectMany(child => PathsOf(child.Value, $"{prefix}{child.Key}:").Prepend(prefix + child.Key));
}
