namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses another relative, and a relative on one side only when little else differs.</summary>
internal static class KinRule
{
    public static bool Refuses(Comparison pair)
    {
        var here = pair.A.Kin & ~pair.B.Kin;
        var there = pair.B.Kin & ~pair.A.Kin;
        if (here == 0 || there == 0)
        {
            var other = here != 0 ? pair.B : pair.A;
            return (here | there) != 0 && !pair.IsLenient && (pair.IsStrict || other.Unmatched.Count <= 1);
        }

        return true;
    }
}
