using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses he against she, another order of he and she, and "his" against a name.</summary>
internal static class PronounRule
{
    private const int LeastForOrder = 2;

    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        if ((a.Masculine > b.Masculine && b.Feminine > a.Feminine) || (b.Masculine > a.Masculine && a.Feminine > b.Feminine))
        {
            return true;
        }

        if (a.Genders.Count == b.Genders.Count && a.Genders.Count >= LeastForOrder)
        {
            for (var i = 0; i < a.Genders.Count; i++)
            {
                if (a.Genders[i] != b.Genders[i])
                {
                    return true;
                }
            }
        }

        return !pair.IsLenient && a.Genders.Count > 0 != b.Genders.Count > 0
            && ((a.Unmatched.Count == 0 && b.Unmatched.Count == 0) || (DiffersInPronounsOnly(pair, a) && DiffersInPronounsOnly(pair, b)));
    }

    private static bool DiffersInPronounsOnly(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var position in question.Words)
        {
            ref readonly var token = ref question.Tokens[position];
            if (pair.Vocabulary[token.Stem].Stems[other.Side] == 0 && !token.Has(WordFlags.GenderedPronoun) && token.Keyword != Keyword.Possessive)
            {
                return false;
            }
        }

        return true;
    }
}
