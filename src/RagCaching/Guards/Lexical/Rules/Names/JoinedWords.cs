using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Compares words that a slash joins without blanks, such as "internal/server": each of them is a part of a code unless the other side has it.</summary>
internal static class JoinedWords
{
    public static bool IsMissing(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var position in question.Joined)
        {
            ref readonly var token = ref question.Tokens[position];
            if (!token.IsStop && pair.Vocabulary[token.Stem].Stems[other.Side] == 0)
            {
                return true;
            }
        }

        return false;
    }
}
