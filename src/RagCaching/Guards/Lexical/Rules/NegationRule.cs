using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses what is negated on one side only. A negation and an opposite cancel each other: "not patient" is "impatient".</summary>
internal static class NegationRule
{
    private const double LeastOverlap = 0.4;
    private const int FewWords = 2;

    // Long questions share less of their words.
    private const int ManyWords = 12;
    private const double LeastOverlapOfLong = 0.1;

    public static bool Refuses(Comparison pair)
    {
        var isNegated = pair.IsStrict ? pair.A.Negators != pair.B.Negators : pair.A.Negators > 0 != pair.B.Negators > 0;
        if (isNegated)
        {
            return (pair.Overlaps(LeastOverlap, FewWords) || (pair.ShorterContent >= ManyWords && pair.Overlap >= LeastOverlapOfLong)) && pair.Opposites.Pairs != 1 && !IsMoreAgainstLess(pair) && !NegatesInItself(pair);
        }

        return pair.IsStrict && pair.A.Negators > 0 && NegatesAnother(pair);
    }

    /// <summary>Whether "more" stands against "less" beside one other pair of opposites: "more expensive" is "less cheap".</summary>
    public static bool IsMoreAgainstLess(Comparison pair) => pair.Opposites is { HasMoreOrLess: true, Pairs: 2 };

    /// <summary>"is not working" / "fails": the side without a negator has a word of its own that is negative in itself.</summary>
    private static bool NegatesInItself(Comparison pair)
    {
        if (pair.A.Negators > 0 && pair.B.Negators > 0)
        {
            return false;
        }

        var question = pair.A.Negators == 0 ? pair.A : pair.B;
        var other = pair.Other(question);
        foreach (var position in question.Words)
        {
            ref readonly var token = ref question.Tokens[position];
            if (token.Has(WordFlags.NegativeWord) && pair.Vocabulary[token.Surface].Surfaces[other.Side] == 0)
            {
                return true;
            }

            if (!token.IsStop && pair.Vocabulary[token.Stem].Stems[other.Side] == 0
                && ((pair.Vocabulary.FlagsOfStem(token.Stem) & WordFlags.NegativeStem) != 0 || LooksNegative(pair.Vocabulary.TextOf(token.Surface))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LooksNegative(ReadOnlySpan<char> word)
    {
        if (word.EndsWith("less", StringComparison.Ordinal))
        {
            return true;
        }

        return word.Length > 6 && word[..2] is "un" or "im" or "in" or "ir" or "il" or "di" or "no"
            && !(word[0] is 'd' && word[2] != 's') && !(word[0] is 'n' && word[2] != 'n')
            && word[..3] is not ("ind" or "int" or "inf" or "ins" or "inc" or "inv" or "unt" or "uni" or "und" or "imp" or "dis");
    }

    /// <summary>Each side negates a content word that the other has and does not negate.</summary>
    private static bool NegatesAnother(Comparison pair)
    {
        var here = FirstNegated(pair.A);
        var there = FirstNegated(pair.B);
        return here >= 0 && there >= 0 && here != there && pair.Vocabulary[here].Stems[1] > 0 && pair.Vocabulary[there].Stems[0] > 0;
    }

    private static int FirstNegated(Question question)
    {
        for (var i = 0; i < question.Words.Count; i++)
        {
            if (!question.WordAt(i).Has(WordFlags.Negator))
            {
                continue;
            }

            for (var j = i + 1; j <= i + 4 && j < question.Words.Count; j++)
            {
                if (!question.WordAt(j).IsStop)
                {
                    return question.WordAt(j).Stem;
                }
            }
        }

        return -1;
    }
}
