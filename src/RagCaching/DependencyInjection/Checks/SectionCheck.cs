using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Internal.Text;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Checks one section each time before options are read from it: when the host starts, when it is first used without a host, and when it changes.</summary>
/// <param name="section">The section.</param>
/// <param name="setting">What may be in it.</param>
/// <param name="isRequired">Whether it must be there.</param>
/// <param name="further">Finds what else is wrong; <see langword="null"/> for nothing.</param>
internal sealed class SectionCheck(IConfiguration section, Setting setting, bool isRequired, Func<IServiceProvider, string?>? further = null)
{
    private const string UsualName = "RagCaching";

    private string Path => (section as IConfigurationSection)?.Path ?? "";

    /// <summary>Throws where something in the section is no setting, or has no value that can be read.</summary>
    /// <exception cref="OptionsValidationException">The mistakes, each with what was probably meant.</exception>
    public void Check(string name, Type options, IServiceProvider services)
    {
        if (FaultsOf(services) is { Count: > 0 } faults)
        {
            throw new OptionsValidationException(name, options, faults);
        }
    }

    private IReadOnlyList<string> FaultsOf(IServiceProvider services)
    {
        BoundSection[] others = [.. services.GetServices<BoundSection>().Where(other => !other.Path.Equals(Path, StringComparison.OrdinalIgnoreCase))];
        var walk = new SettingsWalk(setting, child => others.Any(other => other.IsAtOrBelow(child.Path)));
        if (section is not IConfigurationSection named)
        {
            return FaultsOfRoot(walk);
        }

        if (isRequired && !named.Exists() && services.GetService<IConfiguration>() is var root && !IsEmptyIn(root))
        {
            return [$"The configuration has no section '{Path}', which a cache is to be configured from.{NearestSection(root)} Add the section, or do not bind it, to use the defaults."];
        }

        walk.Check(named, setting);
        return further?.Invoke(services) is { } fault ? [.. walk.Faults, fault] : walk.Faults;
    }

    // The root of a configuration often has environment variables, which are no mistakes.
    private IReadOnlyList<string> FaultsOfRoot(SettingsWalk walk)
    {
        if (section.GetSection(UsualName).GetChildren().Any(child => setting.Children.ContainsKey(child.Key)))
        {
            return [$"A cache is to be configured from the whole configuration, which has a section '{UsualName}'. Bind configuration.GetSection(\"{UsualName}\")."];
        }

        walk.CheckKeys(section, setting, holdsMore: true);
        return walk.Faults;
    }

    // A section without any key is there and says nothing: its parent knows it.
    private bool IsEmptyIn(IConfiguration? root) => ParentIn(root)?.GetChildren().Any(child => child.Path.Equals(Path, StringComparison.OrdinalIgnoreCase)) == true;

    private string NearestSection(IConfiguration? root) => ParentIn(root) is { } parent
        ? NearestName.Hint(ConfigurationPath.GetSectionKey(Path), parent.GetChildren().Where(child => child.GetChildren().Any()).Select(child => child.Key))
        : "";

    private IConfiguration? ParentIn(IConfiguration? root) => ConfigurationPath.GetParentPath(Path) is { } parent ? root?.GetSection(parent) : root;
}
