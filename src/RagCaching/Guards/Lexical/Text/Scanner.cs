using System.Buffers;
using System.Globalization;
using System.Text;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>Finds where the pieces of a text end. Every method takes a position and returns the end of the piece that begins there, or the position if none does.</summary>
internal static class Scanner
{
    private const int MaxBacktickLength = 60;

    /// <summary>Scripts from here on do not mix letters and digits in one word, and many have no blanks between words.</summary>
    private const char FirstUnmixedScript = '\u0590';

    public static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c >= 128 && (char.IsLetterOrDigit(c) || IsMark(c)));

    /// <summary>Whether a letter begins here, also one that takes two UTF-16 code units.</summary>
    public static bool IsLetterAt(ReadOnlySpan<char> text, int position) => LetterLength(text, position) > 0;

    /// <summary>"http://", "https://" or "www." up to a blank, a quote or a bracket. <paramref name="lower"/> is in lower case.</summary>
    public static int Url(ReadOnlySpan<char> lower, int position)
    {
        var rest = lower[position..];
        var prefix = rest.StartsWith("http://", StringComparison.Ordinal) ? 7
            : rest.StartsWith("https://", StringComparison.Ordinal) ? 8
            : rest.StartsWith("www.", StringComparison.Ordinal) ? 4 : 0;
        var end = position + prefix;
        while (prefix > 0 && end < lower.Length && !char.IsWhiteSpace(lower[end]) && lower[end] is not ('<' or '>' or '"' or '\'' or ')' or ']'))
        {
            end++;
        }

        return end > position + prefix ? end : position;
    }

    /// <summary>An e-mail address.</summary>
    public static int Mail(ReadOnlySpan<char> text, int position)
    {
        var at = position;
        while (at < text.Length && (IsWordCharacter(text[at]) || text[at] is '.' or '+' or '-'))
        {
            at++;
        }

        if (at == position || at == text.Length || text[at] != '@')
        {
            return position;
        }

        var end = MailPart(text, at + 1);
        if (end == at + 1)
        {
            return position;
        }

        var hasDot = false;
        while (end + 1 < text.Length && text[end] == '.' && MailPart(text, end + 1) is var next && next > end + 1)
        {
            end = next;
            hasDot = true;
        }

        return hasDot ? end : position;
    }

    /// <summary>Text of 1 to 60 characters between backticks, on one line.</summary>
    public static int Backticks(ReadOnlySpan<char> text, int position)
    {
        if (text[position] != '`' || position + 2 >= text.Length || char.IsWhiteSpace(text[position + 1]))
        {
            return position;
        }

        var rest = text[(position + 1)..];
        var end = rest.IndexOfAny('`', '\n');
        return end is > 0 and <= MaxBacktickLength && rest[end] == '`' ? position + end + 2 : position;
    }

    /// <summary>A dot and a word, as in ".NET".</summary>
    public static int DotName(ReadOnlySpan<char> text, int position)
    {
        if (text[position] != '.' || position + 1 >= text.Length || !char.IsAsciiLetter(text[position + 1])
            || (position > 0 && (IsWordCharacter(text[position - 1]) || text[position - 1] == '.')))
        {
            return position;
        }

        var end = position + 1;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        return end < text.Length && IsWordCharacter(text[end]) ? position : end;
    }

    /// <summary>One letter and "++" or "#".</summary>
    public static int SignName(ReadOnlySpan<char> text, int position)
    {
        if (position + 1 >= text.Length || !char.IsAsciiLetter(text[position]) || (position > 0 && IsWordCharacter(text[position - 1])))
        {
            return position;
        }

        var end = text[position + 1] == '#' ? position + 2
            : text[position + 1] == '+' && position + 2 < text.Length && text[position + 2] == '+' ? position + 3 : position;
        return end < text.Length && IsWordCharacter(text[end]) ? position : end;
    }

    /// <summary>Digits, with dots, commas, colons and slashes between them.</summary>
    public static int Number(ReadOnlySpan<char> text, int position)
    {
        var end = position;
        while (end < text.Length && (char.IsDigit(text[end]) || (end > position && text[end] is '.' or ',' or ':' or '/' && end + 1 < text.Length && char.IsDigit(text[end + 1]))))
        {
            end++;
        }

        return end;
    }

    /// <summary>A word: a letter, then letters, digits, "_", and inner dots, hyphens and apostrophes; "&amp;" before a capital.</summary>
    public static int Word(ReadOnlySpan<char> text, int position)
    {
        var end = position + LetterLength(text, position);
        if (end == position)
        {
            return position;
        }

        while (end < text.Length)
        {
            var c = text[end];
            var letter = LetterLength(text, end);
            if (letter > 0 || c == '_' || IsMark(c) || (char.IsDigit(c) && text[end - 1] < FirstUnmixedScript))
            {
                end += Math.Max(letter, 1);
            }
            else if (c is '.' or '-' or '\'' && end + 1 < text.Length && (IsLetterAt(text, end + 1) || char.IsDigit(text[end + 1])))
            {
                end++;
            }
            else if (c == '&' && end + 1 < text.Length && char.IsAsciiLetterUpper(text[end + 1]))
            {
                end++;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    /// <summary>Any one character.</summary>
    public static int Other(ReadOnlySpan<char> text, int position) =>
        position + (char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]) ? 2 : 1);

    private static int LetterLength(ReadOnlySpan<char> text, int position)
    {
        var c = text[position];
        if (c < 128)
        {
            return char.IsAsciiLetter(c) ? 1 : 0;
        }

        if (!char.IsSurrogate(c))
        {
            return char.IsLetter(c) ? 1 : 0;
        }

        return Rune.DecodeFromUtf16(text[position..], out var rune, out var length) == OperationStatus.Done && Rune.IsLetter(rune) ? length : 0;
    }

    private static int MailPart(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && (IsWordCharacter(text[position]) || text[position] == '-'))
        {
            position++;
        }

        return position;
    }

    private static bool IsMark(char c) =>
        c >= 0x300 && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
