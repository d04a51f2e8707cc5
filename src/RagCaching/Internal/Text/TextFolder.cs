using System.Globalization;
using System.Text;

namespace RagCaching.Internal.Text;

/// <summary>Writes one text for all of its spellings: curly and doubled quotes, dashes, blanks, wide and narrow forms, native digits, and characters that nobody sees.</summary>
/// <remarks>Compatibility forms that mean something else, such as a superscript two or a Roman numeral of one character, stay as they are.</remarks>
internal static class TextFolder
{
    /// <summary>How many characters at most one character becomes.</summary>
    public const int MostGrowth = 2;

    /// <summary>Folds a text.</summary>
    /// <param name="text">The text; any UTF-16, well-formed or not.</param>
    /// <param name="target">Receives it; <see cref="MostGrowth"/> times as long.</param>
    /// <param name="mayCompose">Whether characters and marks may have to be composed.</param>
    /// <returns>The length of what was written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> target, out bool mayCompose)
    {
        mayCompose = false;
        if (Ascii.IsValid(text) && !text.Contains("''", StringComparison.Ordinal) && !text.Contains("``", StringComparison.Ordinal))
        {
            text.CopyTo(target);
            return text.Length;
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= 128)
            {
                c = FoldOne(text, i);
                if (c == '\0')
                {
                    continue;
                }

                mayCompose |= c >= '\u0300' && Composer.MayChange(i == 0 ? ' ' : text[i - 1], c);
            }

            // Two single quotes are a double one.
            if (c is '\'' or '`' && length > 0 && target[length - 1] == c)
            {
                target[length - 1] = '"';
                continue;
            }

            target[length++] = c;
            if (c is '\u00DF' or '\u1E9E')
            {
                target[length - 1] = 's';
                target[length++] = 's';
            }
            else if (c is '\u2103' or '\u2109')
            {
                target[length - 1] = '\u00B0';
                target[length++] = c == '\u2103' ? 'C' : 'F';
            }
        }

        return length;
    }

    /// <summary>Gets what a character is written as; nothing for one that nobody sees.</summary>
    private static char FoldOne(ReadOnlySpan<char> text, int index)
    {
        var c = text[index];
        if (c < '\u0250')
        {
            return FoldLatin(c);
        }

        if (char.IsSurrogate(c))
        {
            var isWhole = char.IsHighSurrogate(c) ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) : index > 0 && char.IsHighSurrogate(text[index - 1]);
            return isWhole ? c : '\uFFFD';
        }

        return c switch
        {
            >= '\u2000' and <= '\u206F' => FoldPunctuation(c),
            >= '\u3000' and <= '\u303F' => FoldIdeographic(c),
            >= '\uFF00' => FoldWidth(c),
            '\u2212' or '\uFE58' or '\uFE63' => '-',
            '\u02BC' => '\'',
            '\u061C' or '\u0640' or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F') => '\0',
            '\u060C' or '\u061B' => ',',
            '\u061F' => '?',
            '\u066A' => '%',
            '\u066B' => '.',
            '\u0964' or '\u0965' => '.',
            '\u03C2' => '\u03C3',
            '\u0451' => '\u0435',
            '\u0401' => '\u0415',
            '\u30FB' => ' ',
            _ when char.IsDigit(c) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            _ when char.IsWhiteSpace(c) => ' ',
            _ => c,
        };
    }

    private static char FoldLatin(char c) => c switch
    {
        '\u00AD' => '\0',
        '\u00A0' or '\u0085' => ' ',
        '\u00AB' or '\u00BB' => '"',
        '\u00B4' => '\'',
        '\u0130' => 'I',
        _ => c,
    };

    private static char FoldPunctuation(char c) => c switch
    {
        >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u206F' => '\0',
        >= '\u2010' and <= '\u2015' => '-',
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' => '"',
        '\u2039' or '\u203A' => '"',
        '\u2026' => '.',
        _ => char.IsWhiteSpace(c) ? ' ' : c,
    };

    private static char FoldIdeographic(char c) => c switch
    {
        '\u3000' => ' ',
        '\u3001' => ',',
        '\u3002' => '.',
        >= '\u3008' and <= '\u300F' => '"',
        '\u3010' or '\u3014' or '\u3016' or '\u3018' => '(',
        '\u3011' or '\u3015' or '\u3017' or '\u3019' => ')',
        '\u301D' or '\u301E' or '\u301F' => '"',
        '\u301C' => '~',
        _ => c,
    };

    /// <summary>Wide Latin becomes narrow, narrow Katakana becomes wide.</summary>
    private static char FoldWidth(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\uFF5F' or '\uFF60' => '"',
        '\uFF61' => '.',
        '\uFF62' or '\uFF63' => '"',
        '\uFF64' => ',',
        '\uFF65' => ' ',
        >= '\uFF66' and <= '\uFF9F' => NarrowKatakana[c - '\uFF66'],
        '\uFFE0' => '\u00A2',
        '\uFFE1' => '\u00A3',
        '\uFFE5' => '\u00A5',
        '\uFFE6' => '\u20A9',
        '\uFEFF' or '\uFFF9' or '\uFFFA' or '\uFFFB' => '\0',
        '\uFFFE' or '\uFFFF' => '\uFFFD',
        _ => c,
    };

    // In the order of U+FF66 to U+FF9F; the last two are the marks that follow the letter they change.
    private const string NarrowKatakana =
        "\u30F2\u30A1\u30A3\u30A5\u30A7\u30A9\u30E3\u30E5\u30E7\u30C3\u30FC\u30A2\u30A4\u30A6\u30A8\u30AA\u30AB\u30AD\u30AF\u30B1\u30B3\u30B5\u30B7\u30B9\u30BB\u30BD\u30BF\u30C1\u30C4"
        + "\u30C6\u30C8\u30CA\u30CB\u30CC\u30CD\u30CE\u30CF\u30D2\u30D5\u30D8\u30DB\u30DE\u30DF\u30E0\u30E1\u30E2\u30E4\u30E6\u30E8\u30E9\u30EA\u30EB\u30EC\u30ED\u30EF\u30F3\u3099\u309A";
}
