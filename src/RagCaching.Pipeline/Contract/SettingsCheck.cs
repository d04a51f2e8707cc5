using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline.Contract;

/// <summary>Validates settings of types that were created without dependency injection.</summary>
internal static class SettingsCheck
{
    /// <summary>Returns the settings if the validators accept them.</summary>
    /// <exception cref="OptionsValidationException">A validator refused them; the message names the property and its value.</exception>
    public static TSettings Validated<TSettings>(TSettings settings, params ReadOnlySpan<IValidateOptions<TSettings>> validators)
        where TSettings : class
    {
        var failures = new List<string>();
        foreach (var validator in validators)
        {
            failures.AddRange(validator.Validate(Options.DefaultName, settings).Failures ?? []);
        }

        return failures.Count == 0 ? settings : throw new OptionsValidationException(Options.DefaultName, typeof(TSettings), failures);
    }
}
