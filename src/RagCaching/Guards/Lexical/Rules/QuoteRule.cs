using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses when both sides quote something and the quotes have no word in common.</summary>
internal static class QuoteRule
{
    private const int MostWords = 64;

    public static bool Refuses(Comparison pair)
    {
        var quoted = Math.Min(pair.A.QuotedWords.Count, MostWords);
        for (var i = 0; i < quoted; i++)
        {
            if (pair.B.QuotedWords.Contains(pair.A.QuotedWords[i]))
            {
                return false;
            }
        }

        return pair.A.QuotedWords.Count > 0 && pair.B.QuotedWords.Count > 0;
    }
}
