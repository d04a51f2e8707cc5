using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses a word against its opposite, unless a negation on one side turns it back.</summary>
internal static class OppositeRule
{
    private const double LeastOverlap = 0.25;
    private const int FewWords = 2;

    public static bool Refuses(Comparison pair)
    {
        if (!pair.Overlaps(LeastOverlap, FewWords) || pair.Opposites.Pairs == 0 || NegationRule.IsMoreAgainstLess(pair))
        {
            return false;
        }

        var isNegated = pair.IsStrict ? pair.A.Negators != pair.B.Negators : pair.A.Negators > 0 != pair.B.Negators > 0;
        return !isNegated || pair.Opposites.Pairs != 1;
    }
}
