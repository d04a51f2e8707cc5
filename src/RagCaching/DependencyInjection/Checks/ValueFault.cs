using System.Globalization;
using RagCaching.Internal.Text;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Finds what is wrong with a single value, before .NET tries to read it.</summary>
internal static class ValueFault
{
    /// <summary>Checks a value.</summary>
    /// <returns>The rest of a sentence that begins with the name of the setting; <see langword="null"/> for a value that can be read.</returns>
    public static string? Of(Setting setting, string text) => setting.Kind switch
    {
        SettingKind.Flag => bool.TryParse(text, out _) ? null : $"must be true or false, but was '{text}'.",
        SettingKind.Choice => setting.Choices.Contains(text, StringComparer.OrdinalIgnoreCase) ? null
            : $"must be one of {string.Join(", ", setting.Choices)}, but was '{text}'.{NearestName.Hint(text, setting.Choices)}",
        SettingKind.Number => OfNumber(setting, text),
        SettingKind.WholeNumber => OfWholeNumber(setting, text),
        SettingKind.Time => TimeText.FaultOf(text),
        _ => null,
    };

    private static string? OfNumber(Setting setting, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return IsWithin(setting, value) ? null : $"must be {RangeOf(setting)}, but was {text}.";
        }

        var withPoint = text.Replace(',', '.');
        return double.TryParse(withPoint, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"must be a number with a point, {withPoint}, but was '{text}'."
            : double.TryParse(text.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
                ? string.Create(CultureInfo.InvariantCulture, $"must be a plain number, {percent / 100}, but was '{text}'.")
            : $"must be a number, but was '{text}'.";
    }

    private static string? OfWholeNumber(Setting setting, string text) =>
        !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? $"must be a whole number, but was '{text}'."
        : IsWithin(setting, value) ? null
        : $"must be {RangeOf(setting)}, but was {text}.";

    private static bool IsWithin(Setting setting, double value) =>
        (setting.IsMinimumExcluded ? value > setting.Minimum : value >= setting.Minimum) && (setting.IsMaximumExcluded ? value < setting.Maximum : value <= setting.Maximum);

    private static string RangeOf(Setting setting) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(setting.IsMinimumExcluded ? "more than" : "at least")} {setting.Minimum}{(double.IsPositiveInfinity(setting.Maximum) ? "" : $" and {(setting.IsMaximumExcluded ? "less than" : "at most")} {setting.Maximum}")}");
}
