using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses when both sides quote something and the quotes have no word in common.</summary>
internal static class QuoteRule
{
    public static bool Refuses(Comparison pair)
    {
        foreach (var word in pair.A.QuotedWords)
        {
            if (pair.B.QuotedWords.Contains(word))
            {
                return false;
            }
        }

        return pair.A.QuotedWords.Count > 0 && pair.B.QuotedWords.Count > 0;
    }
}
