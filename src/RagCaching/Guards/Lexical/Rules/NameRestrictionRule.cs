using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses when only one side names a place after "in" or "at" and little else differs.</summary>
internal static class NameRestrictionRule
{
    public static bool Refuses(Comparison pair)
    {
        MissingNames.Find(pair);
        if (pair.A.MissingNames.Count > 0 == pair.B.MissingNames.Count > 0)
        {
            return false;
        }

        var question = pair.A.MissingNames.Count > 0 ? pair.A : pair.B;
        if (pair.Other(question).Unmatched.Count > 1 || CountBesideNames(question) > 1)
        {
            return false;
        }

        var index = question.Words.IndexOf(question.MissingNames[0]);
        return IsPreposition(question.WordAt(index - 1))
            || (question.WordAt(index - 1).Has(WordFlags.Article) && IsPreposition(question.WordAt(index - 2)));
    }

    private static int CountBesideNames(Question question)
    {
        var count = 0;
        foreach (var position in question.Unmatched)
        {
            count += IsMissingName(question, question.Tokens[position].Surface) ? 0 : 1;
        }

        return count;
    }

    private static bool IsMissingName(Question question, int surface)
    {
        foreach (var position in question.MissingNames)
        {
            if (question.Tokens[position].Surface == surface)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPreposition(in Token token) => token.Keyword is Keyword.In or Keyword.At;
}
