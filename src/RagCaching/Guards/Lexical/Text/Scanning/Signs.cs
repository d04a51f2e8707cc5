using System.Globalization;

namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Tells the few signs that carry no meaning where they stand from all others.</summary>
/// <remarks>
/// Quotes and brackets carry none, nor do the marks of a sentence where a sentence has them: after a word and before a blank. A hyphen carries none
/// as a dash between words. The table in docs/lexical-guard.md says the same.
/// </remarks>
internal static class Signs
{
    private const string Quotes = "\"'`\u201A";
    private const string Opening = "([{";
    private const string Closing = ")]}";
    private const string Bullets = "\u2022\u2023\u25E6\u25AA\u2043\u00A1\u00BF";

    /// <summary>Whether a character marks the end or a part of a sentence, where a sentence has it.</summary>
    public static bool IsMark(char c) => c is '.' or ',' or ';' or ':' or '?' or '!';

    /// <summary>Gets the end of the marks that stand together.</summary>
    public static int MarksEnd(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && IsMark(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Whether marks that stand together carry meaning.</summary>
    public static bool MarksMatter(ReadOnlySpan<char> text, int start, int end)
    {
        var marks = text[start..end];
        var before = start == 0 ? ' ' : text[start - 1];
        var after = end == text.Length ? ' ' : text[end];
        var isClosed = char.IsWhiteSpace(after) || Quotes.Contains(after) || Closing.Contains(after) || Opening.Contains(after);
        if (char.IsWhiteSpace(before) || Opening.Contains(before))
        {
            return StandingMatter(text, marks, end, isClosed, after);
        }

        if (isClosed || IsUnspaced(before) || IsUnspaced(after))
        {
            return false;
        }

        // "a,b" and "one;two" lack a blank, and so does "Hello!How"; "a?.b", "x!=1" and "std::sort" are code.
        return !Scanner.IsWordCharacter(after) || !(marks is "," or ";" || (marks[^1] is '?' or '!' or '.' or ':' or ',' && char.IsUpper(after)));
    }

    /// <summary>Whether a single sign that is no mark carries meaning.</summary>
    public static bool Matters(ReadOnlySpan<char> text, int position)
    {
        var c = text[position];
        if (c == '-')
        {
            return HyphenMatters(text, position);
        }

        if (Quotes.Contains(c) || Bullets.Contains(c))
        {
            return false;
        }

        if (Opening.IndexOf(c, StringComparison.Ordinal) is var open and >= 0)
        {
            return position + 1 < text.Length && text[position + 1] == Closing[open] && (position == 0 || !Scanner.IsWordCharacter(text[position - 1]));
        }

        if (Closing.IndexOf(c, StringComparison.Ordinal) is var close and >= 0)
        {
            return position > 0 && text[position - 1] == Opening[close] && (position == 1 || !Scanner.IsWordCharacter(text[position - 2]));
        }

        if (c == '\u00B7')
        {
            return IsOperand(text, position, -1) && IsOperand(text, position, 1);
        }

        return c < 128 ? c >= ' ' : char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation);
    }

    private static bool StandingMatter(ReadOnlySpan<char> text, ReadOnlySpan<char> marks, int end, bool isClosed, char after)
    {
        if (!isClosed)
        {
            // " ,and" is typed by mistake; "!ready", "::", ".5" and ":8080" are not.
            return !(marks is "," or ";" || (marks is "?" && char.IsDigit(after)));
        }

        var areDots = !marks.ContainsAnyExcept('.');
        if (marks.Length == 1 || (areDots && marks.Length > 2))
        {
            return false;
        }

        if (!areDots && marks.ContainsAnyExcept('?', '!'))
        {
            return true;
        }

        // "??" is an operator and ".." a folder where the sentence goes on after it.
        while (end < text.Length && (char.IsWhiteSpace(text[end]) || Quotes.Contains(text[end])))
        {
            end++;
        }

        return marks.Length == 2 && marks[0] == marks[1] && end < text.Length && char.IsLower(text[end]);
    }

    private static bool HyphenMatters(ReadOnlySpan<char> text, int position)
    {
        var before = position == 0 ? ' ' : text[position - 1];
        var after = position + 1 == text.Length ? ' ' : text[position + 1];
        if (IsUnspaced(before) || IsUnspaced(after))
        {
            return false;
        }

        if (char.IsDigit(before))
        {
            return char.IsDigit(after) || (IsOperand(text, position, 1) && !char.IsLetter(after));
        }

        if (Scanner.IsWordCharacter(before))
        {
            // "A-", "x--": after a word that is hardly one.
            return !Scanner.IsWordCharacter(after) && LettersBefore(text, position) <= 2;
        }

        if (before == '-' && position > 1 && Scanner.IsWordCharacter(text[position - 2]))
        {
            return LettersBefore(text, position - 1) <= 2;
        }

        if (char.IsWhiteSpace(before) && char.IsWhiteSpace(after))
        {
            return IsOperand(text, position, -1) && IsOperand(text, position, 1);
        }

        return !char.IsWhiteSpace(before) || !char.IsWhiteSpace(after);
    }

    private static int LettersBefore(ReadOnlySpan<char> text, int end)
    {
        var start = end;
        while (start > 0 && end - start < 3 && Scanner.IsWordCharacter(text[start - 1]))
        {
            start--;
        }

        return end - start;
    }

    /// <summary>Whether a number, a single letter or a bracket stands next to a sign.</summary>
    private static bool IsOperand(ReadOnlySpan<char> text, int position, int step)
    {
        var i = position + step;
        while (i >= 0 && i < text.Length && char.IsWhiteSpace(text[i]))
        {
            i += step;
        }

        if (i < 0 || i >= text.Length)
        {
            return false;
        }

        var c = text[i];
        if (char.IsDigit(c) || c is '(' or ')' or '.' or '\u221A')
        {
            return true;
        }

        var next = i + step;
        return char.IsLetter(c) && (next < 0 || next >= text.Length || !Scanner.IsWordCharacter(text[next]));
    }

    private static bool IsUnspaced(char c) => c >= '\u0E00' && Scripts.Of(c) >= Script.FirstUnspaced && !char.IsSurrogate(c);
}
