using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline;

/// <summary>Applies to options that came without dependency injection the rules that it would have applied.</summary>
internal static class OptionsRules
{
    /// <summary>Throws unless every rule accepts the options.</summary>
    /// <exception cref="OptionsValidationException">A rule was broken; the message names the property and its value.</exception>
    public static TOptions Checked<TOptions>(TOptions options, params ReadOnlySpan<IValidateOptions<TOptions>> rules)
        where TOptions : class
    {
        foreach (var rule in rules)
        {
            var result = rule.Validate(Options.DefaultName, options);
            if (result.Failed)
            {
                throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), result.Failures);
            }
        }

        return options;
    }
}
