using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.DependencyInjection.Checks;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Checks configuration against the JSON schema of a package before options are read from it.</content>
public static partial class RagCachingExtensions
{
    private static readonly Lazy<Setting> CoreSettings = new(static () =>
    {
        using var schema = typeof(RagCachingExtensions).Assembly.GetManifestResourceStream("RagCaching.ConfigurationSchema.json")
            ?? throw new InvalidOperationException("The resource ConfigurationSchema.json is missing.");
        return Setting.Read(schema);
    });

    /// <summary>Checks a section each time before options are read from it, for packages that have settings of their own. Call it before <c>Bind</c>.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="options">The options.</param>
    /// <param name="section">The section.</param>
    /// <param name="schema">A JSON schema whose root has one property, which describes the section. Read and disposed in this call.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <remarks>
    /// A key that the schema does not have, and a value of another type than it says, throw an <see cref="OptionsValidationException"/> where the options are first needed. Of JSON schema it reads
    /// <c>type</c>, <c>properties</c>, <c>additionalProperties</c>, <c>items</c>, <c>enum</c>, <c>minimum</c>, <c>exclusiveMinimum</c>, <c>maximum</c>, <c>exclusiveMaximum</c>, <c>minProperties</c>, <c>writeOnly</c> for secrets, and takes a
    /// text with a <c>pattern</c> for a time.
    /// </remarks>
    public static OptionsBuilder<TOptions> CheckConfiguration<TOptions>(this OptionsBuilder<TOptions> options, IConfiguration section, Stream schema)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(schema);

        using (schema)
        {
            return options.CheckedBy(new SectionCheck(section, Setting.Read(schema), isRequired: true), section);
        }
    }

    // Nobody reads keys that nothing encrypts with.
    private static string? UnusedProtection(IConfiguration section, IServiceProvider services)
    {
        var keys = section.GetSection(ProtectionSection);
        return keys.Exists() && services.GetService<IServiceProviderIsService>()?.IsService(typeof(IPayloadProtector)) == false
            ? $"'{keys.Path}' has keys, but nothing is encrypted: add {nameof(UseAesGcmProtection)}(), or take the section out."
            : null;
    }

    private static OptionsBuilder<TOptions> CheckedBy<TOptions>(this OptionsBuilder<TOptions> options, IConfiguration section, string subsection)
        where TOptions : class => options.CheckedBy(new SectionCheck(section.GetSection(subsection), CoreSettings.Value.Children[subsection], isRequired: false), section.GetSection(subsection));

    private static OptionsBuilder<TOptions> CheckedBy<TOptions>(this OptionsBuilder<TOptions> options, SectionCheck check, IConfiguration section)
        where TOptions : class
    {
        options.Services.AddSingleton(new BoundSection((section as IConfigurationSection)?.Path ?? ""));
        return options.Configure<IServiceProvider>((_, services) => check.Check(options.Name, typeof(TOptions), services));
    }
}
