using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses long questions that share an instruction and differ in the text it is about.</summary>
internal static class PayloadRule
{
    private const int LongFrame = 24;
    private const double FrameShare = 0.7;
    private const int LeastFrame = 3;
    private const int LeastUnmatched = 3;

    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        if (a.Unmatched.Count == 0 || b.Unmatched.Count == 0)
        {
            return false;
        }

        var shorter = Math.Min(a.Words.Count, b.Words.Count);
        var prefix = 0;
        while (prefix < shorter && a.WordAt(prefix).Surface == b.WordAt(prefix).Surface)
        {
            prefix++;
        }

        if (prefix >= LeastFrame && EndsWithColon(a, prefix) && EndsWithColon(b, prefix))
        {
            return !SharesContent(pair, prefix);
        }

        var suffix = 0;
        while (suffix < shorter - prefix && a.WordAt(a.Words.Count - 1 - suffix).Surface == b.WordAt(b.Words.Count - 1 - suffix).Surface)
        {
            suffix++;
        }

        // One word may be a typo.
        return a.Unmatched.Count + b.Unmatched.Count >= LeastUnmatched && prefix + suffix >= LongFrame && prefix + suffix >= FrameShare * shorter;
    }

    private static bool EndsWithColon(Question question, int words) => question.TokenAfterWord(words - 1).Sign == ':';

    /// <summary>Whether what follows the frame has a content word in common.</summary>
    private static bool SharesContent(Comparison pair, int start)
    {
        for (var i = start; i < pair.A.Words.Count; i++)
        {
            var word = pair.A.WordAt(i);
            if (!word.IsStop && pair.Vocabulary[word.Stem].Content[1] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
