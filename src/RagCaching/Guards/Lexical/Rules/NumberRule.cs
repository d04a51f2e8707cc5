using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses when each side has a number that the other lacks; strict when one side has.</summary>
internal static class NumberRule
{
    private const double LeastOverlap = 0.3;
    private const int FewWords = 5;

    public static bool Refuses(Comparison pair)
    {
        var here = HasMissing(pair, pair.A);
        var there = HasMissing(pair, pair.B);
        if (pair.IsStrict)
        {
            return here || there;
        }

        return here && there && (!SharesNumber(pair) || pair.Overlaps(LeastOverlap, FewWords));
    }

    private static bool HasMissing(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var number in question.Numbers)
        {
            if (!Has(other, number.Value) && !StandsInToken(pair.Vocabulary, other, number.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SharesNumber(Comparison pair)
    {
        foreach (var number in pair.A.Numbers)
        {
            if (Has(pair.B, number.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(Question question, int value)
    {
        foreach (var number in question.Numbers)
        {
            if (number.Value == value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"3" stands in "i3", and is the digit of "3rd".</summary>
    private static bool StandsInToken(Vocabulary vocabulary, Question question, int value)
    {
        var digits = vocabulary.TextOf(value).TrimStart('#');
        if (digits.ContainsAnyExceptInRange('0', '9'))
        {
            return vocabulary.Find(digits) is var id && id >= 0 && vocabulary[id].Surfaces[question.Side] > 0;
        }

        foreach (var position in question.Words)
        {
            ref readonly var token = ref question.Tokens[position];
            if (token.HasDigit && HasRun(vocabulary.TextOf(token.Surface), digits))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasRun(ReadOnlySpan<char> text, ReadOnlySpan<char> digits)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var length = 0;
            while (start + length < text.Length && char.IsAsciiDigit(text[start + length]))
            {
                length++;
            }

            if (length > 0 && text.Slice(start, length).SequenceEqual(digits))
            {
                return true;
            }

            start += length;
        }

        return false;
    }
}
