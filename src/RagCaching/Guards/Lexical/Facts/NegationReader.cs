using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Counts the words that negate, without those that only look so: tags, idioms, and a "no" that takes something back.</summary>
internal static class NegationReader
{
    private const int TagReach = 2;

    public static int Count(Question question)
    {
        var count = 0;
        for (var i = 0; i < question.Words.Count; i++)
        {
            var word = question.WordAt(i);
            if (word.Has(WordFlags.Negator) && Negates(question, i, word.Keyword))
            {
                count++;
            }
        }

        return count;
    }

    private static bool Negates(Question question, int index, Keyword negator)
    {
        var before = question.WordAt(index - 1);
        var after = question.WordAt(index + 1);
        return negator switch
        {
            Keyword.Nor => false,
            Keyword.FinalQuestion => index < question.Words.Count - 1,
            Keyword.Nothing => after.Keyword != Keyword.But,
            Keyword.Not => !(after.Keyword is Keyword.Only or Keyword.Forget || before.Keyword == Keyword.Or || IsOrWhyNot(question, index)
                || (before.Keyword == Keyword.If && EndsClause(question, index)) || SaysNotToKnow(question, index)),
            Keyword.Contracted => !(SaysNotToKnow(question, index) || IsTag(question, index)),
            Keyword.No => !TakesBack(question, index) && after.Keyword != Keyword.MatterOrDoubt && before.Keyword != Keyword.Or
                && !(before.Keyword == Keyword.If && EndsClause(question, index)),
            _ => true,
        };
    }

    private static bool IsOrWhyNot(Question question, int index) =>
        question.WordAt(index - 1).Keyword == Keyword.Why && question.WordAt(index - 2).Keyword == Keyword.Or;

    /// <summary>"if not, why": the end of the words, a sign, or a question word follows.</summary>
    private static bool EndsClause(Question question, int index) =>
        index == question.Words.Count - 1 || question.TokenAfterWord(index).Kind is TokenKind.Punctuation or TokenKind.Sign || question.WordAt(index + 1).Has(WordFlags.QuestionWord)
        || question.WordAt(index + 1).Keyword == Keyword.Then;

    /// <summary>"I don't know how to" asks the same as "how to".</summary>
    private static bool SaysNotToKnow(Question question, int index)
    {
        if (question.WordAt(index + 1).Keyword != Keyword.Knowing)
        {
            return false;
        }

        return question.WordAt(index - 1).Keyword == Keyword.I || question.WordAt(index - 2).Keyword == Keyword.I || question.WordAt(index - 3).Keyword == Keyword.I;
    }

    /// <summary>"..., isn't it?".</summary>
    private static bool IsTag(Question question, int index) =>
        index == question.Words.Count - TagReach && index > TagReach && question.WordAt(index - 1).Has(WordFlags.QuestionAuxiliary)
        && question.WordAt(index + 1).Keyword is Keyword.OtherSubject or Keyword.I;

    /// <summary>"no wait", "no, I mean", "no no".</summary>
    private static bool TakesBack(Question question, int index)
    {
        var after = question.WordAt(index + 1);
        if (index == question.Words.Count - 1 || after.Keyword == Keyword.No || question.WordAt(index - 1).Keyword == Keyword.No || after.Has(WordFlags.AfterRepair))
        {
            return true;
        }

        if (question.TokenAfterWord(index).Sign is ',' or '.' or '?' or '!')
        {
            return true;
        }

        for (var i = index - 2; i <= index + 4; i++)
        {
            if (question.WordAt(i).Has(WordFlags.Repair))
            {
                return true;
            }
        }

        return false;
    }
}
