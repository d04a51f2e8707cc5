using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Matching;

/// <summary>The order in which candidates are tried: what a person approved goes before what is nearer, as long as it is near enough.</summary>
internal static class CuratedFirst
{
    /// <summary>Orders candidates.</summary>
    /// <param name="matches">The candidates, nearest first.</param>
    /// <param name="minimumSimilarity">From where on a candidate is near enough.</param>
    /// <returns>The same list where no curated candidate would move.</returns>
    public static IReadOnlyList<CandidateSearch.Match> Order(IReadOnlyList<CandidateSearch.Match> matches, float minimumSimilarity)
    {
        for (var i = 1; i < matches.Count; i++)
        {
            if (Leads(matches[i], minimumSimilarity) && !Leads(matches[i - 1], minimumSimilarity))
            {
                // Stable: among those that lead, and among the others, the nearest stays first.
                return [.. matches.OrderBy(match => Leads(match, minimumSimilarity) ? 0 : 1)];
            }
        }

        return matches;
    }

    private static bool Leads(CandidateSearch.Match match, float minimumSimilarity) => match.IsCurated && match.Similarity >= minimumSimilarity;
}
