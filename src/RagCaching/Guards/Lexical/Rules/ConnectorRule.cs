using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses "and" against "or".</summary>
internal static class ConnectorRule
{
    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        return a.Ands + a.Ors == b.Ands + b.Ors && a.Ands == 0 != (b.Ands == 0) && a.Ors == 0 != (b.Ors == 0) && !a.SaysBetween && !b.SaysBetween
            && (pair.IsStrict || a.Unmatched.Count + b.Unmatched.Count <= 1);
    }
}
