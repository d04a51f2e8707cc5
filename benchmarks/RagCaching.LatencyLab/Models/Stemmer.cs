namespace RagCaching.LatencyLab.Models;

/// <summary>Cuts the commonest English endings, so that "caches", "cached" and "caching" meet.</summary>
internal static class Stemmer
{
    private const int ShortestStem = 3;
    private static readonly string[] Endings = ["ations", "ation", "ments", "ment", "ings", "ing", "ies", "ers", "ed", "er", "es", "ly", "s", "e", "y"];

    public static string Stem(string word)
    {
        foreach (var ending in Endings)
        {
            if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
