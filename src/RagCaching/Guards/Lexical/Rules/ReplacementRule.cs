using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses one content word replaced by another in an otherwise equal sentence.</summary>
internal static class ReplacementRule
{
    public static bool Refuses(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        if (a.Unmatched.Count != 1 || b.Unmatched.Count != 1 || a.Words.Count != b.Words.Count)
        {
            return false;
        }

        var different = 0;
        for (var i = 0; i < a.Words.Count; i++)
        {
            different += a.WordAt(i).Stem == b.WordAt(i).Stem ? 0 : 1;
        }

        return different == 1;
    }
}
