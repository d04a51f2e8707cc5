using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses "and" against "or", and "to" against "from" before the same word.</summary>
internal static class ConnectorRule
{
    public static bool Refuses(Comparison pair) => SaysOtherwise(pair) || (IsNearlyTheSame(pair) && (TurnsAround(pair, pair.A) || TurnsAround(pair, pair.B)));

    private static bool SaysOtherwise(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        return a.Ands + a.Ors == b.Ands + b.Ors && a.Ands == 0 != (b.Ands == 0) && a.Ors == 0 != (b.Ors == 0) && !a.SaysBetween && !b.SaysBetween
            && IsNearlyTheSame(pair);
    }

    private static bool IsNearlyTheSame(Comparison pair) => pair.IsStrict || pair.A.Unmatched.Count + pair.B.Unmatched.Count <= 1;

    /// <summary>"ship to Oslo" against "ship from Oslo", where only one question says "from".</summary>
    private static bool TurnsAround(Comparison pair, Question here)
    {
        foreach (var position in here.OnlyHere)
        {
            if (here.Tokens[position].Keyword == Keyword.From)
            {
                return ComesFromWhereTheOtherGoes(pair, here);
            }
        }

        return false;
    }

    private static bool ComesFromWhereTheOtherGoes(Comparison pair, Question here)
    {
        var there = pair.Other(here);
        for (var i = 0; i < here.Words.Count; i++)
        {
            // "far from home" is as far as the way to it, and "different from" is what others write as "different to".
            if (pair.Vocabulary.TextOf(here.WordAt(i).Surface) is "far" or "distance" or "away" or "different" or "differently")
            {
                return false;
            }

            if (here.WordAt(i).Keyword != Keyword.From)
            {
                continue;
            }

            var place = SkipArticle(here, i + 1, step: 1);
            for (var j = 1; j < there.Words.Count && place.IsWordLike; j++)
            {
                if (there.WordAt(j).Stem == place.Stem && SkipArticle(there, j - 1, step: -1).Keyword == Keyword.To)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Token SkipArticle(Question question, int index, int step) => question.WordAt(question.WordAt(index).Has(WordFlags.Article) ? index + step : index);
}
