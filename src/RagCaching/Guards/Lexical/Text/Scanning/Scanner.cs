using System.Buffers;
using System.Globalization;
using System.Text;

namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Finds where the words of a text end. Every method takes a position and returns the end of the piece that begins there, or the position if none does.</summary>
internal static class Scanner
{
    public static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c >= 128 && (char.IsLetterOrDigit(c) || IsMark(c) || IsSmallNumber(c)));

    /// <summary>Whether a letter begins here, also one that takes two UTF-16 code units.</summary>
    public static bool IsLetterAt(ReadOnlySpan<char> text, int position) => LetterLength(text, position) > 0;

    /// <summary>A word: a letter, then letters of its script, digits, "_", raised and lowered figures, and inner dots, hyphens and apostrophes; "&amp;" before a capital.</summary>
    public static int Word(ReadOnlySpan<char> text, int position)
    {
        var end = position + LetterLength(text, position);
        if (end == position)
        {
            return position;
        }

        var script = Scripts.Of(text[position]);
        while (end < text.Length && script == Script.Latin && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        while (end < text.Length)
        {
            var c = text[end];
            var letter = LetterLength(text, end);
            if (letter > 0)
            {
                if (!Continues(script, c))
                {
                    break;
                }

                end += letter;
            }
            else if (c == '_' || IsMark(c) || (script <= Script.LastMixed && (char.IsDigit(c) || IsSmallNumber(c))) || (IsSmallSign(c) && (IsSmallNumber(text[end - 1]) || (end + 1 < text.Length && IsSmallNumber(text[end + 1])))))
            {
                end++;
            }
            else if (c is '.' or '-' or '\'' && ContinuesAfterSign(text, end + 1, script))
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

    /// <summary>Whether a character is a number that is no digit: a fraction, a Roman numeral, a raised or lowered figure.</summary>
    public static bool IsSmallNumber(char c) => c >= 128 && char.GetUnicodeCategory(c) is UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber;

    /// <summary>A raised or lowered plus or minus, as in the name of an ion.</summary>
    public static bool IsSmallSign(char c) => c is '\u207A' or '\u207B' or '\u208A' or '\u208B';

    private static bool Continues(Script script, char c)
    {
        if (c < 128)
        {
            return script == Script.Latin;
        }

        // The sign for a long vowel belongs to either syllabary.
        return Scripts.Of(c) is var next && (next == script || (c == '\u30FC' && script == Script.Hiragana));
    }

    private static bool ContinuesAfterSign(ReadOnlySpan<char> text, int position, Script script) =>
        position < text.Length && script < Script.FirstUnspaced
        && ((IsLetterAt(text, position) && Continues(script, text[position])) || (script <= Script.LastMixed && char.IsDigit(text[position])));

    private static int LetterLength(ReadOnlySpan<char> text, int position)
    {
        var c = text[position];
        if (c < 128)
        {
            return char.IsAsciiLetter(c) ? 1 : 0;
        }

        if (!char.IsSurrogate(c))
        {
            return char.IsLetter(c) && c is not ('\u00BA' or '\u00AA') ? 1 : 0;
        }

        return Rune.DecodeFromUtf16(text[position..], out var rune, out var length) == OperationStatus.Done && Rune.IsLetter(rune) ? length : 0;
    }

    private static bool IsMark(char c) =>
        c >= 0x300 && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
