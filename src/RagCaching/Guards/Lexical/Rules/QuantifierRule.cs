using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses "only" or "every" on one side only.</summary>
internal static class QuantifierRule
{
    public static bool Refuses(Comparison pair) => pair.A.HasOnly != pair.B.HasOnly || pair.A.HasEvery != pair.B.HasEvery;
}
