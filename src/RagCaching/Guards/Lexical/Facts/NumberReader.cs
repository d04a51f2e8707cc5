using System.Globalization;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Finds numbers, dates and times and brings them into one form: "1,000", "1000", "1k" and "one thousand" are the same where a language says so.</summary>
internal sealed class NumberReader(Vocabulary vocabulary)
{
    private const int Noon = 12;
    private const int LeastListed = 3;
    private const int MaxList = 64;

    private readonly UnitReader _units = new(vocabulary);

    public void Read(Question question)
    {
        var tokens = question.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            if (_units.CurrencyOf(token) is var currency and > 0)
            {
                question.Currencies.Add(currency);
            }

            i = token.Kind switch
            {
                TokenKind.Number => ReadDigits(question, tokens, i),
                TokenKind.Word => ReadWord(question, tokens, i),
                _ => i,
            };
        }
    }

    private int ReadWord(Question question, ReadOnlySpan<Token> tokens, int index)
    {
        ref readonly var token = ref tokens[index];
        if (token.Word is { } word)
        {
            if (word.Number >= 0 || word.Multiplier > 0)
            {
                return ReadNumberWords(question, tokens, index);
            }

            if (word.Day > 0 && IsDay(question, tokens, index, word))
            {
                Add(question, "day", word.Day, index, index);
            }
            else if (word.Month > 0 && IsMonth(token, word))
            {
                Add(question, "month", word.Month, index, index);
            }
            else if (word.Ordinal > 0)
            {
                Add(question, "#", word.Ordinal, index, index);
            }
            else if (word.Times > 0)
            {
                Add(question, "x", word.Times, index, index);
            }
            else if (word.Hour > 0)
            {
                AddHour(question, word.Hour % 24, ":00", index, index);
            }
            else if (word.Keyword == Keyword.I && index > 0 && tokens[index - 1].Keyword == Keyword.BeforeRoman && token.Capitals != Capitals.None)
            {
                Add(question, "", 1, index, index);
            }
        }
        else if (token.Roman > 0)
        {
            Add(question, "", token.Roman, index, index);
        }
        else if (token.HasInnerSign)
        {
            ReadHyphenated(question, tokens, index);
        }

        return index;
    }

    /// <summary>A month that is also another word is one only as a name inside of a sentence; other languages have their own words.</summary>
    private static bool IsMonth(in Token token, Word word) =>
        (word.Languages & 1) == 0 || (token.Capitals != Capitals.None && !(word.Has(WordFlags.AmbiguousMonth) && token.BeginsSentence));

    /// <summary>"Sun" and "Sat" are days in capitals and after a word that days follow.</summary>
    private static bool IsDay(Question question, ReadOnlySpan<Token> tokens, int index, Word word) =>
        !word.Has(WordFlags.AmbiguousMonth) || (tokens[index].Capitals != Capitals.None && index > 0 && !question.Tokens[index - 1].Has(WordFlags.Article) && !tokens[index].BeginsSentence);

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
            var factor = index + 1 < tokens.Length && tokens[index + 1].Word is { Multiplier: > 0 } multiplier ? multiplier.Multiplier : 1;
            Add(question, "", (first.Number + Math.Max(second.Number, 1)) * factor, index, factor > 1 ? index + 1 : index);
            return;
        }

        question.Numbers.Add(new NumberFact(Intern("", first.Number), second?.Unit ?? 0, index, index, -1));
    }

    private int ReadNumberWords(Question question, ReadOnlySpan<Token> tokens, int index)
    {
        var value = NumberWords.Read(vocabulary, tokens, index, out var end);
        if (value < 0)
        {
            return index;
        }

        // A Chinese character for a hundred is a part of many words; it counts before a unit only.
        var isLone = end == index + 1 && tokens[index].Word is { Multiplier: > 0 } && vocabulary[tokens[index].Surface].Length == 1;
        if (!isLone || _units.At(tokens, end) > 0)
        {
            Add(question, value, index, end - 1, _units.At(tokens, end));
        }

        return end - 1;
    }

    private int ReadDigits(Question question, ReadOnlySpan<Token> tokens, int index)
    {
        var next = index + 1;
        var before = index > 0 && tokens[index - 1].Kind == TokenKind.UnitSign ? tokens[index - 1].Word!.Unit : index > 0 ? _units.CurrencyOf(tokens[index - 1]) : 0;
        var following = next < tokens.Length ? tokens[next] : default;
        var surface = vocabulary.TextOf(tokens[index].Surface);
        Span<char> buffer = stackalloc char[NumberForm.MaxLength];
        if (surface.Length is 7 or 9 && surface[4] == '/')
        {
            AddYears(question, surface, index);
            return index;
        }

        if (IsList(surface))
        {
            AddList(question, index);
            return index;
        }

        if (surface is "24/7")
        {
            question.Numbers.Add(new NumberFact(Intern("", 24), vocabulary.Tables.Find("hour")!.Unit, index, index, -1));
            question.Numbers.Add(new NumberFact(Intern("", 7), vocabulary.Tables.Find("day")!.Unit, index, index, -1));
            return index;
        }

        if (following.Word is { Multiplier: > 0 } && NumberWords.Read(vocabulary, tokens, index, out var end) is var product and >= 0)
        {
            Add(question, product, index, end - 1, _units.At(tokens, end) is var after and > 0 ? after : before);
            return end - 1;
        }

        if (IsSecondYear(tokens, index, surface))
        {
            // "2016-17" is "2016/17".
            question.Numbers.Add(new NumberFact(Intern("20", int.Parse(surface, CultureInfo.InvariantCulture)), 0, index, index, -1));
            return index;
        }

        var unit = _units.At(tokens, next) is var own and > 0 ? own : before;
        var text = NumberForm.Normalize(surface, unit > 0 || following.Keyword == Keyword.Thousand, GroupingOf(question), buffer);
        switch (following.Keyword)
        {
            case Keyword.Thousand when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var thousands) && thousands < 1_000_000_000:
                Add(question, thousands * 1_000, index, next, _units.At(tokens, next + 1) is var later and > 0 ? later : before);
                return next;
            case Keyword.Meridiem when ReadHour(question, text, vocabulary.TextOf(following.Surface)[0] == 'p', index, next):
                return next;
            case Keyword.OrdinalSuffix when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place):
                Add(question, "#", place, index, next);
                return next;
            case Keyword.MonthMark when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var month):
                Add(question, "month", month, index, next);
                return next;
        }

        question.Numbers.Add(new NumberFact(vocabulary.Intern(text), unit, index, index, NextWord(tokens, next)));
        return index;
    }

    /// <summary>Whether digits are several numbers, as in "500,1000".</summary>
    private static bool IsList(ReadOnlySpan<char> text)
    {
        var comma = text.LastIndexOf(',');
        return comma >= LeastListed && text.Length - comma - 1 > LeastListed && !text.ContainsAnyExceptInRange(',', '9');
    }

    private void AddList(Question question, int index)
    {
        // Copied, because the vocabulary may move its text while it takes up the parts.
        Span<char> text = stackalloc char[MaxList];
        var surface = vocabulary.TextOf(question.Tokens[index].Surface);
        text = text[..Math.Min(surface.Length, MaxList)];
        surface[..text.Length].CopyTo(text);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(',') is var at and >= 0 ? at : text.Length;
            if (end > 0)
            {
                question.Numbers.Add(new NumberFact(vocabulary.Intern(text[..end]), 0, index, index, -1));
            }

            text = end == text.Length ? [] : text[(end + 1)..];
        }
    }

    private bool IsSecondYear(ReadOnlySpan<Token> tokens, int index, ReadOnlySpan<char> text) =>
        text.Length == 2 && text[0] != '0' && index >= 2 && tokens[index - 1] is { Sign: '-' } hyphen && hyphen.Start == tokens[index - 2].End && hyphen.End == tokens[index].Start
        && vocabulary.TextOf(tokens[index - 2].Surface) is ['2', '0', var tens, var ones] && (((tens - '0') * 10) + ones - '0' + 1) == ((text[0] - '0') * 10) + text[1] - '0'
        && !(index + 1 < tokens.Length && tokens[index + 1].Sign == '-' && tokens[index + 1].Start == tokens[index].End);

    /// <summary>Adds both years of "2016/17".</summary>
    private void AddYears(Question question, ReadOnlySpan<char> text, int index)
    {
        Span<char> years = stackalloc char[9];
        var slash = text.IndexOf('/');
        text[..slash].CopyTo(years);
        text[..2].CopyTo(years[4..]);
        text[(slash + 1)..].CopyTo(years[(text.Length == 7 ? 6 : 4)..]);
        question.Numbers.Add(new NumberFact(vocabulary.Intern(years[..4]), 0, index, index, -1));
        question.Numbers.Add(new NumberFact(vocabulary.Intern(years[4..8]), 0, index, index, -1));
    }

    /// <summary>"2 pm" is 14:00.</summary>
    private bool ReadHour(Question question, ReadOnlySpan<char> text, bool isAfternoon, int first, int last)
    {
        var colon = text.IndexOf(':');
        if (!int.TryParse(colon < 0 ? text : text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour is 0 or > Noon)
        {
            return false;
        }

        AddHour(question, (hour % Noon) + (isAfternoon ? Noon : 0), colon < 0 ? ":00" : text[colon..], first, last);
        return true;
    }

    /// <summary>Gets what groups thousands in the language of the question.</summary>
    private char GroupingOf(Question question) => vocabulary.Tables.Languages[question.Style.Language].Code switch
    {
        "de" or "es" or "pt" or "it" or "nl" or "tr" or "vi" or "id" => '.',
        "fr" or "pl" or "ru" or "sv" or "fi" => '\0',
        _ => ',',
    };

    private static int NextWord(ReadOnlySpan<Token> tokens, int index)
    {
        if (index < tokens.Length && tokens[index].Sign == '-')
        {
            index++;
        }

        return index < tokens.Length && tokens[index].Kind == TokenKind.Word ? index : -1;
    }

    private void Add(Question question, decimal value, int first, int last, int unit)
    {
        Span<char> buffer = stackalloc char[NumberForm.MaxLength];
        _ = value.TryFormat(buffer, out var length, "0.############", CultureInfo.InvariantCulture);
        question.Numbers.Add(new NumberFact(vocabulary.Intern(buffer[..length]), unit, first, last, NextWord(question.Tokens, last + 1)));
    }

    private void Add(Question question, ReadOnlySpan<char> prefix, long value, int first, int last) =>
        question.Numbers.Add(new NumberFact(Intern(prefix, value), 0, first, last, -1));

    private void AddHour(Question question, int hour, ReadOnlySpan<char> minutes, int first, int last)
    {
        Span<char> buffer = stackalloc char[NumberForm.MaxLength];
        _ = hour.TryFormat(buffer, out var length, provider: CultureInfo.InvariantCulture);
        minutes.CopyTo(buffer[length..]);
        question.Numbers.Add(new NumberFact(vocabulary.Intern(buffer[..(length + minutes.Length)]), 0, first, last, -1));
    }

    private int Intern(ReadOnlySpan<char> prefix, long value)
    {
        Span<char> buffer = stackalloc char[NumberForm.MaxLength];
        prefix.CopyTo(buffer);
        _ = value.TryFormat(buffer[prefix.Length..], out var length, provider: CultureInfo.InvariantCulture);
        return vocabulary.Intern(buffer[..(prefix.Length + length)]);
    }
}
