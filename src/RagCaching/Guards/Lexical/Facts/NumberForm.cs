using System.Globalization;
using RagCaching.Guards.Lexical.Text.Scanning;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Brings a number in digits into one form, whatever notation it is written in.</summary>
/// <remarks>
/// Three digits after a single point or comma are a fraction in one country and thousands in another. They are read only where the language tells, and
/// otherwise kept as they are written, so that they equal neither reading.
/// </remarks>
internal static class NumberForm
{
    public const int MaxLength = 48;

    private const int GroupLength = 3;
    private const string Plain = "0.############";

    /// <summary>Writes the normal form.</summary>
    /// <param name="text">The number as it was written.</param>
    /// <param name="hasUnit">Whether a unit or currency stands beside it: only then are zeros at the end of a fraction nothing.</param>
    /// <param name="grouping">The character that groups thousands in the language; <c>'\0'</c> when nobody can tell.</param>
    /// <param name="buffer">Room for <see cref="MaxLength"/> characters.</param>
    public static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text, bool hasUnit, char grouping, Span<char> buffer)
    {
        if (text.Length > MaxLength - 4)
        {
            return text;
        }

        if (Scanner.IsSmallNumber(text[^1]))
        {
            return WithFraction(text, buffer);
        }

        text.CopyTo(buffer);
        var number = buffer[..text.Length];
        if (number.Contains('e'))
        {
            return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var power) && power.TryFormat(buffer, out var written, Plain, CultureInfo.InvariantCulture)
                ? buffer[..written] : number;
        }

        if (number.ContainsAny(':', '/'))
        {
            return TimeOrFraction(number, buffer);
        }

        number = ReadSeparators(RemoveGroups(number), grouping);
        if (number[0] == '.' || (number.Length > 1 && number[0] is '-' or '+' && number[1] == '.'))
        {
            number = InsertZero(number, buffer);
        }

        return hasUnit && number.Count('.') == 1 && !number.Contains(',') && !IsAmbiguous(number, '.') ? number.TrimEnd('0').TrimEnd('.') : number;
    }

    /// <summary>"½" is 0.5, "1½" is 1.5, "Ⅳ" is 4; "10²" stays.</summary>
    private static ReadOnlySpan<char> WithFraction(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var whole = text[..^1];
        var part = CharUnicodeInfo.GetNumericValue(text[^1]);
        var hasWhole = double.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        if (part < 0 || (whole.Length > 0 && (!hasWhole || part >= 1 || part == 0)))
        {
            return text;
        }

        return (value + part).TryFormat(buffer, out var length, "0.######", CultureInfo.InvariantCulture) ? buffer[..length] : text;
    }

    private static ReadOnlySpan<char> TimeOrFraction(Span<char> number, Span<char> buffer)
    {
        if (number is [var top and >= '1' and <= '9', '/', var bottom and >= '2' and <= '9'] && top < bottom)
        {
            _ = ((top - '0') / (double)(bottom - '0')).TryFormat(buffer, out var length, "0.######", CultureInfo.InvariantCulture);
            return buffer[..length];
        }

        // "09:30" is "9:30".
        return number.Length == 5 && number[2] == ':' && number[0] == '0' ? number[1..] : number;
    }

    /// <summary>Blanks, apostrophes and the like only ever group.</summary>
    private static Span<char> RemoveGroups(Span<char> number)
    {
        var length = 0;
        foreach (var c in number)
        {
            if (!NumberScanner.IsGrouping(c))
            {
                number[length++] = c;
            }
        }

        return number[..length];
    }

    /// <summary>Leaves at most one separator, a point before a fraction, where the notation can be told.</summary>
    private static Span<char> ReadSeparators(Span<char> number, char grouping)
    {
        var points = number.Count('.');
        var commas = number.Count(',');
        if (points > 0 && commas > 0)
        {
            var last = number.LastIndexOf('.') > number.LastIndexOf(',') ? '.' : ',';
            var other = last == '.' ? ',' : '.';
            return number.Count(last) == 1 && AreGroups(number[..number.IndexOf(last)], other) ? ToPoint(Remove(number, other), last) : number;
        }

        var separator = points > 0 ? '.' : ',';
        var count = points + commas;
        if (count == 0 || (count > 1 && !AreGroups(number, separator)))
        {
            return number;
        }

        if (count > 1 || (IsAmbiguous(number, separator) && separator == grouping))
        {
            return Remove(number, separator);
        }

        return IsAmbiguous(number, separator) ? number : ToPoint(number, separator);
    }

    /// <summary>Whether one to three digits, not zero, stand before the separator and three after it.</summary>
    private static bool IsAmbiguous(ReadOnlySpan<char> number, char separator)
    {
        number = number.TrimStart("+-");
        var at = number.IndexOf(separator);
        return at is > 0 and <= GroupLength && number.Length - at - 1 == GroupLength && number[0] != '0';
    }

    /// <summary>"1.000.000", and "10,00,000" as India has it.</summary>
    private static bool AreGroups(ReadOnlySpan<char> number, char separator)
    {
        number = number.TrimStart("+-");
        var end = number.Length;
        var isLast = true;
        for (var at = number.LastIndexOf(separator); at >= 0; at = number[..at].LastIndexOf(separator))
        {
            var length = end - at - 1;
            if (length != GroupLength && (isLast || separator != ',' || length != GroupLength - 1))
            {
                return false;
            }

            isLast = false;
            end = at;
        }

        return end is > 0 and <= GroupLength;
    }

    private static Span<char> Remove(Span<char> number, char separator)
    {
        var length = 0;
        foreach (var c in number)
        {
            if (c != separator)
            {
                number[length++] = c;
            }
        }

        return number[..length];
    }

    private static Span<char> ToPoint(Span<char> number, char separator)
    {
        number.Replace(separator, '.');
        return number;
    }

    private static Span<char> InsertZero(Span<char> number, Span<char> buffer)
    {
        var point = number.IndexOf('.');
        var length = number.Length;
        number[point..].CopyTo(buffer[(point + 1)..]);
        buffer[point] = '0';
        return buffer[..(length + 1)];
    }
}
