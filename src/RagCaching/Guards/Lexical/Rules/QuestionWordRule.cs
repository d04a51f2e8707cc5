using System.Numerics;
using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>Refuses who against when, where against how many, and so on. Mixes that paraphrases use as often are left out, most of them also in strict.</summary>
internal static class QuestionWordRule
{
    private const double LeastOverlap = 0.25;
    private const int FewWords = 2;

    public static bool Refuses(Comparison pair)
    {
        var here = pair.A.AskedFor;
        var there = pair.B.AskedFor;
        if (here == AskedFor.None || there == AskedFor.None || !pair.Overlaps(LeastOverlap, FewWords))
        {
            return false;
        }

        if ((here & AskedFor.Distinct) != 0 && (there & AskedFor.Distinct) != 0 && (here & there & AskedFor.Distinct) == 0)
        {
            return true;
        }

        return BitOperations.PopCount((uint)here) == 1 && BitOperations.PopCount((uint)there) == 1 && here != there
            && (IsRefused(here, there) || IsRefused(there, here) || (pair.IsStrict && (IsRefusedStrictly(here, there) || IsRefusedStrictly(there, here))));
    }

    private static bool IsRefused(AskedFor one, AskedFor other) => one switch
    {
        AskedFor.Amount => other is AskedFor.What or AskedFor.YesNo,
        AskedFor.HowLong => other is AskedFor.What or AskedFor.How,
        _ => false,
    };

    /// <summary>All but who/what, how/what, how/yes-no and degree/yes-no.</summary>
    private static bool IsRefusedStrictly(AskedFor one, AskedFor other) => one switch
    {
        AskedFor.Why or AskedFor.When => other is AskedFor.How or AskedFor.YesNo or AskedFor.What,
        AskedFor.Where => other is AskedFor.What or AskedFor.How or AskedFor.YesNo,
        AskedFor.Amount => other is AskedFor.How,
        AskedFor.What => other is AskedFor.YesNo,
        AskedFor.Who => other is AskedFor.YesNo or AskedFor.How,
        AskedFor.Degree => other is AskedFor.How or AskedFor.Amount,
        AskedFor.HowOften => other is AskedFor.Amount,
        _ => false,
    };
}
