using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>Recognises "was written by".</summary>
internal sealed class PassiveReader(Vocabulary vocabulary)
{
    private const int AuxiliaryReach = 7;

    /// <summary>Whether the word is a "by" after a participle with a form of "be" before it.</summary>
    public bool IsAgentMarker(Question question, int index)
    {
        if (!FollowsParticiple(question, index))
        {
            return false;
        }

        for (var i = Math.Max(0, index - 1 - AuxiliaryReach); i < index - 1; i++)
        {
            if (question.WordAt(i).Has(WordFlags.BeForm))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the word is a "by" after a participle.</summary>
    public bool FollowsParticiple(Question question, int index) =>
        index >= 2 && question.WordAt(index).Keyword == Keyword.By && IsParticiple(question.WordAt(index - 1));

    private bool IsParticiple(in Token token) =>
        token.Has(WordFlags.Participle) || (token.Kind == TokenKind.Word && vocabulary.TextOf(token.Surface) is [_, .., 'e', 'd'] and { Length: > 3 });
}
