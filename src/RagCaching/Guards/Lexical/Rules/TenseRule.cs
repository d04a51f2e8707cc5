using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses "used to" on one side only, and past against future.</summary>
internal static class TenseRule
{
    private const double LeastOverlap = 0.25;
    private const int FewWords = 2;

    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        if (a.SaysUsedTo != b.SaysUsedTo)
        {
            return true;
        }

        return !pair.IsLenient && ((a.IsPast && b.IsFuture && !a.IsFuture && !b.IsPast) || (b.IsPast && a.IsFuture && !b.IsFuture && !a.IsPast))
            && pair.Overlaps(LeastOverlap, FewWords);
    }
}
