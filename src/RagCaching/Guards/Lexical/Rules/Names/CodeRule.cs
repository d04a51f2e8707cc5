using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Refuses when each side has a code that the other lacks; strict when one side has.</summary>
internal static class CodeRule
{
    // A question with more codes is code, and differs when any of these does.
    private const int MostCodes = 64;

    public static bool Refuses(Comparison pair)
    {
        if (pair.A.Unmatched.Count <= 1 && pair.B.Unmatched.Count <= 1 && (DiffersInSignOrCase(pair, pair.A) || DiffersInSignOrCase(pair, pair.B)))
        {
            return true;
        }

        var here = HasMissing(pair, pair.A);
        return pair.IsStrict ? here || HasMissing(pair, pair.B) : here && HasMissing(pair, pair.B);
    }

    /// <summary>Whether a flag, path or identifier is there in the same letters, and not as it is: "-d" and "-D", "/tmp" and "tmp".</summary>
    private static bool DiffersInSignOrCase(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        var searched = 0;
        foreach (var position in question.Codes)
        {
            ref readonly var token = ref question.Tokens[position];
            if (token.IsCased && pair.Vocabulary[token.Surface].Surfaces[other.Side] == 0 && ++searched <= MostCodes
                && RunTogether.Contains(pair.Vocabulary, other, pair.Vocabulary.TextOf(token.Surface)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasMissing(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        var searched = 0;
        foreach (var position in question.Codes)
        {
            ref readonly var token = ref question.Tokens[position];
            var id = token.Surface;
            if (pair.Vocabulary[id].Surfaces[other.Side] == 0 && (token.IsCased || ++searched > MostCodes || !RunTogether.Contains(pair.Vocabulary, other, pair.Vocabulary.TextOf(id))))
            {
                return true;
            }
        }

        return question.Joined.Count > 0 && JoinedWords.IsMissing(pair, question);
    }
}
