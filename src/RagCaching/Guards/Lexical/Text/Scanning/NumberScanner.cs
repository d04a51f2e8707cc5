namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Finds where a number ends, in whatever notation: with a sign, groups, a fraction, an exponent.</summary>
internal static class NumberScanner
{
    private const int GroupLength = 3;

    /// <summary>Gets the end of the number that begins at a position, or the position.</summary>
    /// <param name="text">The text in lower case.</param>
    /// <param name="cased">The text as it is written.</param>
    /// <param name="position">Where the number may begin.</param>
    public static int Read(ReadOnlySpan<char> text, ReadOnlySpan<char> cased, int position)
    {
        var start = position;
        if (text[start] is '-' or '+' or '.')
        {
            if (!MayHaveSign(text, position))
            {
                return position;
            }

            start += text[start] != '.' && start + 1 < text.Length && text[start + 1] == '.' ? 2 : 1;
        }

        if (start >= text.Length || !char.IsAsciiDigit(text[start]))
        {
            return start < text.Length && start == position && Scanner.IsSmallNumber(text[start]) ? SmallNumbers(text, start) : position;
        }

        var end = start + Digits(text, start);
        end = Groups(text, start, end);
        while (end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]) && (IsInner(text[end]) || (text[end] == '/' && IsWhole(text, start, end))))
        {
            end++;
            end += Digits(text, end);
        }

        end = Exponent(text, end);
        return end < text.Length && text[end] == '!' && Factorials.Has(cased, start, end) ? end + 1 : SmallNumbers(text, end);
    }

    /// <summary>Whether the sign at a position stands before a number and after nothing that it could join it to.</summary>
    private static bool MayHaveSign(ReadOnlySpan<char> text, int position)
    {
        if (position == 0)
        {
            return true;
        }

        var before = text[position - 1];
        if (Scripts.Of(before) >= Script.FirstUnspaced)
        {
            return text[position] != '.';
        }

        return !Scanner.IsWordCharacter(before) && before is not (')' or ']' or '}' or '.' or '\'' or '%');
    }

    private static int Digits(ReadOnlySpan<char> text, int position)
    {
        var end = position;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - position;
    }

    /// <summary>Groups of three that a blank, an apostrophe or the like separates: nothing else is written that way.</summary>
    private static int Groups(ReadOnlySpan<char> text, int start, int end)
    {
        if (end - start > GroupLength || text[start] == '0' || end >= text.Length || !IsGrouping(text[end]))
        {
            return end;
        }

        var separator = text[end];
        while (end < text.Length && text[end] == separator && Digits(text, end + 1) == GroupLength && !EndsInWord(text, end + 1 + GroupLength))
        {
            end += GroupLength + 1;
        }

        return end;
    }

    private static bool EndsInWord(ReadOnlySpan<char> text, int end) => end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_');

    public static bool IsGrouping(char c) => c is ' ' or '\'' or '\u066C' or '_';

    private static bool IsInner(char c) => c is '.' or ',' or ':' or '\u066C';

    /// <summary>Whether a slash makes one number of two: "1/2", "2016/17", "24/7". Others are dates, choices and quotients.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text, int start, int slash)
    {
        var before = slash - start;
        var after = Digits(text, slash + 1);
        if (slash + 1 + after < text.Length && text[slash + 1 + after] is '/' or '.' or ',' && slash + 2 + after < text.Length && char.IsAsciiDigit(text[slash + 2 + after]))
        {
            return false;
        }

        return (before == 1 && after == 1 && text[start] < text[slash + 1]) || (before == 4 && after is 2 or 4 && text[start] is '1' or '2') || (before == 2 && after == 1 && text[start..(slash + 2)] is "24/7");
    }

    private static int Exponent(ReadOnlySpan<char> text, int end)
    {
        if (end >= text.Length || text[end] is not ('e' or 'E'))
        {
            return end;
        }

        var start = end + 1 < text.Length && text[end + 1] is '-' or '+' ? end + 2 : end + 1;
        var length = start < text.Length ? Digits(text, start) : 0;
        return length > 0 && !EndsInWord(text, start + length) ? start + length : end;
    }

    private static int SmallNumbers(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && (Scanner.IsSmallNumber(text[end]) || Scanner.IsSmallSign(text[end])))
        {
            end++;
        }

        return end;
    }
}
