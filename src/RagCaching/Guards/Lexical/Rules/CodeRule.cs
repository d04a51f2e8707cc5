using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses when each side has a code that the other lacks; strict when one side has.</summary>
internal static class CodeRule
{
    public static bool Refuses(Comparison pair)
    {
        var here = HasMissing(pair, pair.A);
        return pair.IsStrict ? here || HasMissing(pair, pair.B) : here && HasMissing(pair, pair.B);
    }

    private static bool HasMissing(Comparison pair, Question question)
    {
        var other = pair.Other(question);
        foreach (var position in question.Codes)
        {
            var id = question.Tokens[position].Surface;
            if (pair.Vocabulary[id].Surfaces[other.Side] > 0)
            {
                continue;
            }

            var text = pair.Vocabulary.TextOf(id);
            if (!TextSearch.ContainsRunTogether(pair.Vocabulary, other, text, lettersOnly: false)
                && !(HasLetter(text) && TextSearch.ContainsRunTogether(pair.Vocabulary, other, text, lettersOnly: true)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }
}
