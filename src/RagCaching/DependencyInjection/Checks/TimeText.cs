using System.Globalization;
using System.Text.RegularExpressions;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Reads times as .NET does, and refuses those that it reads as something that nobody means.</summary>
internal static partial class TimeText
{
    private const int HoursOfADay = 24;

    /// <summary>Finds what is wrong with a time.</summary>
    /// <returns>The rest of a sentence that begins with the name of the setting; <see langword="null"/> for a time that is clear.</returns>
    public static string? FaultOf(string text)
    {
        if (Days().IsMatch(text))
        {
            var number = int.Parse(text, CultureInfo.InvariantCulture);
            return $"is '{text}', which is read as {number} days. Write '{TimeSpan.FromSeconds(number)}' for {number} seconds, '{TimeSpan.FromMinutes(number)}' for {number} minutes, or '{TimeSpan.FromDays(number)}' for {number} days.";
        }

        // .NET takes the hours for days where they cannot be hours.
        if (Hours().Match(text) is { Success: true } match && int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture) is var hours && hours >= HoursOfADay)
        {
            var rest = match.Groups["rest"].Value;
            return $"is '{text}', which is read as {hours} days, because the hours of a day end at 23. Write '{hours / HoursOfADay}.{hours % HoursOfADay:00}{rest}' for {hours} hours, or '{hours}.00:00:00' for {hours} days.";
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) ? null
            : $"must be a time as 'hours:minutes:seconds' or 'days.hours:minutes:seconds', such as '00:00:30' or '1.00:00:00', but was '{text}'.";
    }

    [GeneratedRegex("^[0-9]{1,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Days();

    [GeneratedRegex("^(?<hours>[0-9]{2,7})(?<rest>:[0-5]?[0-9]:[0-5]?[0-9](\\.[0-9]{1,7})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Hours();
}
