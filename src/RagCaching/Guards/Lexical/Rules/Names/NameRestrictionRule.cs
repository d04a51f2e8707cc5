using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Refuses when only one side names a place after "in" or "at" and little else differs, and when a name is longer on one side and nothing else differs.</summary>
internal static class NameRestrictionRule
{
    // A comma and a blank, as in "Dublin, Ohio".
    private const int LongestGap = 2;

    public static bool Refuses(Comparison pair)
    {
        MissingNames.Find(pair);
        if (HasVariant(pair, pair.A) || HasVariant(pair, pair.B))
        {
            return true;
        }

        if (pair.A.MissingNames.Count > 0 == pair.B.MissingNames.Count > 0)
        {
            return false;
        }

        var question = pair.A.MissingNames.Count > 0 ? pair.A : pair.B;
        var other = pair.Other(question);
        var besides = CountBesideNames(pair, question);
        if (other.Unmatched.Count > 1 || besides > 1)
        {
            return false;
        }

        var index = question.Words.IndexOf(question.MissingNames[0]);
        return IsPlace(question, index) || (other.Unmatched.Count == 0 && besides == 0 && HaveSameFrame(question, other) && (question.WordAt(index - 1).Keyword == Keyword.Of || Continues(pair, question, index)));
    }

    /// <summary>Whether everything but the names, and an "of" before one, is the same.</summary>
    private static bool HaveSameFrame(Question question, Question other)
    {
        var (name, j) = (0, 0);
        for (var i = 0; i < question.Words.Count; i++)
        {
            if (name < question.MissingNames.Count && question.Words[i] == question.MissingNames[name])
            {
                name++;
            }
            else if (j < other.Words.Count && question.WordAt(i).Surface == other.WordAt(j).Surface)
            {
                j++;
            }
            else if (question.WordAt(i).Keyword != Keyword.Of)
            {
                return false;
            }
        }

        return j == other.Words.Count;
    }

    /// <summary>"in Malta", "at the Louvre".</summary>
    private static bool IsPlace(Question question, int index) =>
        IsPreposition(question.WordAt(index - 1)) || (question.WordAt(index - 1).Has(WordFlags.Article) && IsPreposition(question.WordAt(index - 2)));

    /// <summary>"Visa Electron" is another thing than "Visa": the name directly follows a name or number of both sides.</summary>
    private static bool Continues(Comparison pair, Question question, int index)
    {
        var before = question.WordAt(index - 1);
        return (before.Kind == TokenKind.Number || before.HasDigit || (before.Capitals != Capitals.None && (!before.BeginsSentence || before.Capitals is Capitals.All or Capitals.Mixed) && (!before.IsStop || pair.Vocabulary[before.Surface].Length == 1 || question.WordAt(index - 2) is { Capitals: not Capitals.None, IsStop: false })))
            && pair.Vocabulary[before.Surface].Surfaces[1 - question.Side] > 0 && question.WordAt(index).Start <= before.End + LongestGap;
    }

    /// <summary>"iPhone 15 Pro" in small letters: a word for a variant after a number, on one side only.</summary>
    private static bool HasVariant(Comparison pair, Question question)
    {
        for (var i = 1; i < question.Words.Count; i++)
        {
            var word = question.WordAt(i);
            if (word.Keyword == Keyword.Variant && question.WordAt(i - 1).HasDigit && pair.Vocabulary[word.Surface].Surfaces[1 - question.Side] == 0
                && pair.Vocabulary[question.WordAt(i - 1).Surface].Surfaces[1 - question.Side] > 0 && pair.Other(question).Unmatched.Count <= 1)
            {
                return true;
            }
        }

        return false;
    }

    private static int CountBesideNames(Comparison pair, Question question)
    {
        var count = question.Unmatched.Count;
        foreach (var position in question.MissingNames)
        {
            count -= question.Tokens[position].IsStop || pair.Vocabulary[question.Tokens[position].Stem].Stems[1 - question.Side] > 0 ? 0 : 1;
        }

        return count;
    }

    private static bool IsPreposition(in Token token) => token.Keyword is Keyword.In or Keyword.At;
}
