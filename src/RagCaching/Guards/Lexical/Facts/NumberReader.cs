using System.Globalization;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds numbers and brings them into one form: "1,000", "1000", "1k" and "one thousand" are the same where a language says so.</summary>
internal sealed class NumberReader(Vocabulary vocabulary)
{
    private const int MaxLength = 48;
    private const int MaxDigits = 18;

    public void Read(Question question)
    {
        var tokens = question.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            var word = token.Word;
            if (word is { Unit: > 0 } && (token.Kind == TokenKind.UnitSign || word.Has(WordFlags.Currency)) && vocabulary.TextOf(token.Surface) is not "percent")
            {
                question.Currencies |= 1ul << word.Unit;
            }

            if (token.Kind == TokenKind.Number)
            {
                ReadDigits(question, tokens, i);
            }
            else if (token.Kind == TokenKind.Word)
            {
                i = ReadWord(question, tokens, i);
            }
        }
    }

    private int ReadWord(Question question, ReadOnlySpan<Token> tokens, int index)
    {
        ref readonly var token = ref tokens[index];
        if (token.Word is { } word)
        {
            if (word.Number >= 0)
            {
                return ReadNumberWord(question, tokens, index, word.Number);
            }

            if (word.Day > 0)
            {
                Add(question, "day", word.Day, 0);
            }
            else if (word.Month > 0 && token.Capitals != Capitals.None && !(word.Has(WordFlags.AmbiguousMonth) && token.BeginsSentence))
            {
                Add(question, "month", word.Month, 0);
            }
            else if (word.Ordinal > 0)
            {
                Add(question, "#", word.Ordinal, 0);
            }
            else if (word.Keyword == Keyword.I && index > 0 && tokens[index - 1].Keyword == Keyword.BeforeRoman && token.Capitals != Capitals.None)
            {
                Add(question, "", 1, 0);
            }
        }
        else if (token.Roman > 0)
        {
            Add(question, "", token.Roman, 0);
        }
        else if (token.HasInnerSign)
        {
            ReadHyphenated(question, tokens, index);
        }

        return index;
    }

    /// <summary>"twenty-five" and "two-week" are one token.</summary>
    private void ReadHyphenated(Question question, ReadOnlySpan<Token> tokens, int index)
    {
        var text = vocabulary.TextOf(tokens[index].Surface);
        var hyphen = text.IndexOf('-');
        if (hyphen <= 0 || vocabulary.Tables.Find(text[..hyphen]) is not { Number: >= 0 } first)
        {
            return;
        }

        var second = vocabulary.Tables.Find(text[(hyphen + 1)..]);
        if (first.Number is >= 20 and < 100 && second is { Number: > 0 and < 10 } or { Keyword: Keyword.None, Stem: "one" })
        {
            ReadMultiplied(question, tokens, index + 1, first.Number + Math.Max(second.Number, 1));
            return;
        }

        Add(question, "", first.Number, second?.Unit ?? 0);
    }

    private int ReadNumberWord(Question question, ReadOnlySpan<Token> tokens, int index, int number)
    {
        var next = index + 1;
        if (number is >= 20 and < 100)
        {
            var digit = next < tokens.Length && tokens[next].Sign == '-' ? next + 1 : next;
            if (digit < tokens.Length && tokens[digit].Word is { Number: > 0 and < 10 } last)
            {
                number += last.Number;
                next = digit + 1;
            }
        }

        return ReadMultiplied(question, tokens, next, number);
    }

    private int ReadMultiplied(Question question, ReadOnlySpan<Token> tokens, int next, int number)
    {
        long value = number;
        if (next < tokens.Length && tokens[next].Word is { Multiplier: > 0 } multiplier)
        {
            value *= multiplier.Multiplier;
            next++;
        }

        Add(question, "", value, UnitAt(tokens, next));
        return next - 1;
    }

    private void ReadDigits(Question question, ReadOnlySpan<Token> tokens, int index)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        var text = Normalize(vocabulary.TextOf(tokens[index].Surface), buffer);
        var next = index + 1;
        var unit = index > 0 && tokens[index - 1].Kind == TokenKind.UnitSign ? tokens[index - 1].Word!.Unit : 0;
        var following = next < tokens.Length ? tokens[next] : default;
        var factor = following.Keyword == Keyword.Thousand ? 1_000 : following.Word?.Multiplier ?? 0;
        if (factor > 0 && text.Length <= MaxDigits && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            (value * factor).TryFormat(buffer, out var length, "0.############", CultureInfo.InvariantCulture);
            Add(question, buffer[..length], UnitAt(tokens, next + 1) is var after && after > 0 ? after : unit);
            return;
        }

        if (following.Keyword is Keyword.OrdinalSuffix or Keyword.Meridiem && text.Length <= MaxLength - 2)
        {
            Span<char> marked = stackalloc char[MaxLength + 2];
            var suffix = following.Keyword == Keyword.Meridiem ? vocabulary.TextOf(following.Surface) : "";
            var start = following.Keyword == Keyword.OrdinalSuffix ? 1 : 0;
            marked[0] = '#';
            text.CopyTo(marked[start..]);
            suffix.CopyTo(marked[(start + text.Length)..]);
            Add(question, marked[..(start + text.Length + suffix.Length)], 0);
            return;
        }

        Add(question, text, UnitAt(tokens, next) is var own && own > 0 ? own : unit);
    }

    /// <summary>Removes grouping commas, leading zeros and zeros at the end of a fraction, and writes out years such as 2016/17.</summary>
    private static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text, Span<char> buffer)
    {
        if (text.Length > MaxLength - 4)
        {
            return text;
        }

        for (var i = 0; i < text.Length; i++)
        {
            buffer[i] = char.IsDigit(text[i]) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(text[i])) : text[i];
        }

        Span<char> number = buffer[..text.Length];
        if (number.ContainsAny(':', '/'))
        {
            if (number.Length == 7 && number[4] == '/' && number[..2] is "19" or "20")
            {
                (buffer[7], buffer[8]) = (buffer[5], buffer[6]);
                (buffer[5], buffer[6]) = (buffer[0], buffer[1]);
                return buffer[..9];
            }

            return number;
        }

        number = RemoveGrouping(number);
        if (number.Count('.') == 1)
        {
            number = number.TrimEnd('0').TrimEnd('.');
        }

        var zeros = 0;
        while (zeros + 1 < number.Length && number[zeros] == '0' && char.IsAsciiDigit(number[zeros + 1]))
        {
            zeros++;
        }

        return number[zeros..];
    }

    /// <summary>"1,000,000" and "10,00,000" are grouped; "1,5" is a fraction; anything else stays.</summary>
    private static Span<char> RemoveGrouping(Span<char> number)
    {
        var commas = number.Count(',');
        if (commas == 0)
        {
            return number;
        }

        var last = number.Length - number.LastIndexOf(',') - 1;
        if (commas == 1 && last is not 3)
        {
            if (!number.Contains('.'))
            {
                number.Replace(',', '.');
            }

            return number;
        }

        var length = 0;
        foreach (var c in number)
        {
            if (c != ',')
            {
                number[length++] = c;
            }
        }

        return number[..length];
    }

    private int UnitAt(ReadOnlySpan<Token> tokens, int index)
    {
        if (index < tokens.Length && tokens[index].Sign == '-')
        {
            index++;
        }

        if (index + 1 < tokens.Length && tokens[index].Sign == '\u00B0' && tokens[index + 1].Keyword == Keyword.CelsiusOrFahrenheit)
        {
            return vocabulary.Tables.Find(vocabulary.TextOf(tokens[index + 1].Surface) is "c" ? "celsius" : "fahrenheit")!.Unit;
        }

        return index < tokens.Length ? tokens[index].Word?.Unit ?? 0 : 0;
    }

    private void Add(Question question, ReadOnlySpan<char> prefix, long value, int unit)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        prefix.CopyTo(buffer);
        value.TryFormat(buffer[prefix.Length..], out var length, provider: CultureInfo.InvariantCulture);
        Add(question, buffer[..(prefix.Length + length)], unit);
    }

    private void Add(Question question, ReadOnlySpan<char> text, int unit) => question.Numbers.Add(new NumberFact(vocabulary.Intern(text), unit));
}
