using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Tells from its question words what a question asks for.</summary>
internal static class AskedForReader
{
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
            Keyword.ForeignWho when isFirst || IsInPlace(word) => AskedFor.Who,
            Keyword.ForeignWhere when isFirst || IsInPlace(word) => AskedFor.Where,
            Keyword.ForeignWhen when isFirst || IsInPlace(word) => AskedFor.When,
            Keyword.ForeignWhy when isFirst || IsInPlace(word) => AskedFor.Why,
            Keyword.HowMany when next.Keyword == Keyword.Clock || question.WordAt(index - 1).Keyword == Keyword.Clock => AskedFor.When,
            Keyword.HowMany when isFirst || IsInPlace(word) => AskedFor.Amount,
            Keyword.How => ReadHow(next.Keyword, question.WordAt(index + 2), isFirst),
            Keyword.What => ReadWhat(question, index, next.Keyword, isFirst),
            _ => AskedFor.None,
        };
    }

    /// <summary>Whether the language puts its question words where the answer would stand.</summary>
    private static bool IsInPlace(in Token word) => word.Has(WordFlags.InPlace);

    /// <summary>"How much time" and "how many days" are "how long".</summary>
    private static AskedFor ReadHow(Keyword next, in Token counted, bool isFirst) => next switch
    {
        Keyword.ManyOrMuch => counted.Keyword == Keyword.TimeNoun || counted.Has(WordFlags.Time) ? AskedFor.Amount | AskedFor.HowLong : AskedFor.Amount,
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
            : HasNoun(question, index, Keyword.AgeNoun) ? AskedFor.HowOld
            : HasNoun(question, index, Keyword.Duration) ? AskedFor.None
            : AskedFor.What;
    }

    /// <summary>"The number of seats" is counted, "the phone number of Ann" is not.</summary>
    private static bool IsCounted(in Token before) => before.IsStop || before.Keyword == Keyword.Total;

    /// <summary>Whether the clause has a noun that tells what is asked for, however many words stand before it.</summary>
    private static bool HasNoun(Question question, int index, Keyword noun)
    {
        for (var i = index + 1; i < question.Words.Count; i++)
        {
            var word = question.WordAt(i);
            if ((word.Keyword == noun && (noun != Keyword.AgeNoun || (question.WordAt(i - 1).Has(WordFlags.Article) && question.WordAt(i + 1).Keyword == Keyword.Of))) || (noun == Keyword.Duration && word.Keyword == Keyword.TimeNoun && question.WordAt(i - 1) is { IsStop: false, Keyword: Keyword.None }) || (noun == Keyword.AmountNoun && word.Keyword == Keyword.NumberNoun && question.WordAt(i + 1).Keyword == Keyword.Of && IsCounted(question.WordAt(i - 1))))
            {
                return true;
            }

            if (word.Has(WordFlags.QuestionWord) || word.Keyword is Keyword.If or Keyword.But || question.TokenAfterWord(i) is { Kind: TokenKind.Punctuation, Sign: not ('"' or '\'' or '-') })
            {
                return false;
            }
        }

        return false;
    }
}
