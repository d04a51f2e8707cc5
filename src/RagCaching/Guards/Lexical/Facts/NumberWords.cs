using System.Globalization;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Reads numbers that words are part of: "two hundred thousand", "5 million", "三千万", "5만".</summary>
internal static class NumberWords
{
    private const int MaxDigits = 18;
    private const decimal Most = 1e20m;

    /// <summary>Reads as many tokens as make one number.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="index">The first token.</param>
    /// <param name="end">Receives the position after the last token.</param>
    /// <returns>The number, or -1 if no number begins there. A "one" that stands alone is none.</returns>
    public static decimal Read(Vocabulary vocabulary, ReadOnlySpan<Token> tokens, int index, out int end)
    {
        var (total, section, current) = (0m, 0m, -1m);
        end = index;
        while (end < tokens.Length && total < Most)
        {
            ref readonly var token = ref tokens[end];
            if (token.Word is { Multiplier: > 0 } multiplier)
            {
                if (multiplier.Multiplier < 1_000)
                {
                    section += (current < 0 ? 1 : current) * multiplier.Multiplier;
                }
                else
                {
                    var count = section + Math.Max(current, 0);
                    total = total < multiplier.Multiplier && total + count > 0 ? (total + count) * multiplier.Multiplier : total + (Math.Max(count, 1) * multiplier.Multiplier);
                    section = 0;
                }

                current = -1;
            }
            else if (token.Word is { Number: >= 0 } digit)
            {
                if (current < 0)
                {
                    current = digit.Number;
                }
                else if (current is >= 20 and < 100 && current % 10 == 0 && digit.Number is > 0 and < 10)
                {
                    current += digit.Number;
                }
                else
                {
                    break;
                }
            }
            else if (end > index && current < 0 && tokens[end - 1].Word is { Multiplier: 10 or 100 } && token.Kind == TokenKind.Word && vocabulary.TextOf(token.Surface) is "\u4E00")
            {
                // "\u5341\u4E00" is eleven; alone the character is mostly no number.
                current = 1;
            }
            else if (token.Kind == TokenKind.Number && current < 0 && end + 1 < tokens.Length && tokens[end + 1].Word is { Multiplier: > 0 }
                && vocabulary.TextOf(token.Surface) is var text && text.Length <= MaxDigits && Value(text) is { } value)
            {
                current = value;
            }
            else if (!(token.Sign == '-' && end > index && current is >= 20 and < 100 && end + 1 < tokens.Length && tokens[end + 1].Word is { Number: > 0 and < 10 }))
            {
                break;
            }

            end++;
        }

        var sum = total + section + Math.Max(current, 0);
        return end == index || (sum == 1 && end == index + 1) ? -1 : sum;
    }

    /// <summary>Gets the value of digits with a fraction; "1,5" is one, thousands are grouped by nothing here.</summary>
    private static decimal? Value(ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char[MaxDigits];
        text.CopyTo(plain);
        plain = plain[..text.Length];
        if (plain.Count(',') == 1 && !plain.Contains('.'))
        {
            plain.Replace(',', '.');
        }

        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
