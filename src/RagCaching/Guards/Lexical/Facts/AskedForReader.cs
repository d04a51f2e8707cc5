using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Tells from its question words what a question asks for.</summary>
internal static class AskedForReader
{
    private const int NounReach = 5;

    public static AskedFor Read(Question question)
    {
        var asked = AskedFor.None;
        for (var i = 0; i < question.Words.Count; i++)
        {
            asked |= ReadWord(question, i, question.WordAt(i));
        }

        return asked == AskedFor.None && question.WordAt(0).Has(WordFlags.QuestionAuxiliary) ? AskedFor.YesNo : asked;
    }

    private static AskedFor ReadWord(Question question, int index, in Token word)
    {
        var isFirst = word.BeginsSentence || index <= 2;
        var next = question.WordAt(index + 1);
        return word.Keyword switch
        {
            Keyword.Who when isFirst => AskedFor.Who,
            Keyword.Where when isFirst => AskedFor.Where,
            Keyword.When when (word.BeginsSentence || index <= 1) && next.Has(WordFlags.QuestionAuxiliary) => AskedFor.When,
            Keyword.Why when (isFirst || index == 3) && question.WordAt(index - 1).Keyword != Keyword.And => AskedFor.Why,
            Keyword.How => ReadHow(next.Keyword, isFirst),
            Keyword.What => ReadWhat(question, index, next.Keyword, isFirst),
            _ => AskedFor.None,
        };
    }

    private static AskedFor ReadHow(Keyword next, bool isFirst) => next switch
    {
        Keyword.ManyOrMuch => AskedFor.Amount,
        Keyword.Long => AskedFor.HowLong,
        Keyword.Old => AskedFor.HowOld,
        Keyword.Far => AskedFor.HowFar,
        Keyword.Often => AskedFor.HowOften,
        Keyword.Degree => AskedFor.Degree,
        _ => isFirst ? AskedFor.How : AskedFor.None,
    };

    private static AskedFor ReadWhat(Question question, int index, Keyword next, bool isFirst)
    {
        switch (next)
        {
            case Keyword.TimeNoun: return AskedFor.When;
            case Keyword.AgeNoun: return AskedFor.HowOld;
            case Keyword.PlaceNoun: return AskedFor.Where;
            case Keyword.PersonNoun: return AskedFor.Who;
        }

        if (!isFirst)
        {
            return AskedFor.None;
        }

        return HasNoun(question, index, Keyword.ReasonNoun) ? AskedFor.Why
            : HasNoun(question, index, Keyword.AmountNoun) ? AskedFor.Amount
            : HasNoun(question, index, Keyword.WayNoun) ? AskedFor.How
            : AskedFor.What;
    }

    private static bool HasNoun(Question question, int index, Keyword noun)
    {
        for (var i = index + 1; i <= index + NounReach; i++)
        {
            if (question.WordAt(i).Keyword == noun)
            {
                return true;
            }
        }

        return false;
    }
}
