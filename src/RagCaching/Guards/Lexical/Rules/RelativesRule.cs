using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses another relative, and a relative on one side only when little else differs.</summary>
internal static class RelativesRule
{
    public static bool Refuses(Comparison pair)
    {
        var here = pair.A.Relatives & ~pair.B.Relatives;
        var there = pair.B.Relatives & ~pair.A.Relatives;
        if (here == 0 || there == 0)
        {
            var other = here != 0 ? pair.B : pair.A;
            return (here | there) != 0 && !pair.IsLenient && (pair.IsStrict || other.Unmatched.Count <= 1);
        }

        return true;
    }
}
