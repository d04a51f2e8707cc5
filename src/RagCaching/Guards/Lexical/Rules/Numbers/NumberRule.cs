using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules.Numbers;

/// <summary>Refuses when each side has a number that the other lacks or says less often, and when numbers changed places; strict when one side has one more.</summary>
internal static class NumberRule
{
    private const double LeastOverlap = 0.3;
    private const int FewWords = 5;

    public static bool Refuses(Comparison pair)
    {
        var here = HasMissing(pair, pair.A);
        var there = HasMissing(pair, pair.B);
        if (pair.IsStrict && (here || there))
        {
            return true;
        }

        return here && there ? !SharesNumber(pair) || pair.Overlaps(LeastOverlap, FewWords) : !here && !there && NumberOrder.IsExchanged(pair);
    }

    private static bool HasMissing(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var number in question.Numbers)
        {
            ref readonly var entry = ref pair.Vocabulary[number.Value];

            // "3" stands in "i3", and is the digit of "3rd".
            if (entry.Numbers[question.Side] > entry.Numbers[other.Side] && entry.Digits[other.Side] == 0 && entry.Numbers[other.Side] + OrdinalCount(pair, number.Value, other) == 0)
            {
                return true;
            }

            if (entry.Numbers[question.Side] > entry.Numbers[other.Side] && entry.Numbers[other.Side] > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int OrdinalCount(Comparison pair, int value, Question other)
    {
        var text = pair.Vocabulary.TextOf(value);
        Span<char> swapped = stackalloc char[8];
        if (text.Length is 0 or > 7 || (text[0] != '#' && text.ContainsAnyExceptInRange('0', '9')))
        {
            return 0;
        }

        var length = 0;
        if (text[0] == '#')
        {
            text = text[1..];
        }
        else
        {
            swapped[length++] = '#';
        }

        text.CopyTo(swapped[length..]);
        return pair.Vocabulary.Find(swapped[..(length + text.Length)]) is var id and >= 0 ? pair.Vocabulary[id].Numbers[other.Side] : 0;
    }

    private static bool SharesNumber(Comparison pair)
    {
        foreach (var number in pair.A.Numbers)
        {
            if (pair.Vocabulary[number.Value].Numbers[1] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
