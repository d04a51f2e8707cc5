using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses "except", "hardly" and the like on one side only.</summary>
internal static class LoneWordRule
{
    private const double LeastOverlap = 0.25;
    private const int FewWords = 2;

    public static bool Refuses(Comparison pair) => pair.A.HasLoneWord != pair.B.HasLoneWord && pair.Overlaps(LeastOverlap, FewWords);
}
