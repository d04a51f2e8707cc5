using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Order;

/// <summary>Compares who does it in a passive sentence with who does it in the active one.</summary>
internal static class PassiveRoles
{
    private const int MostDifference = 2;

    // Longer sentences are not understood anyway.
    private const int MostWords = 64;

    public static bool AreExchanged(Comparison pair)
    {
        if (pair.A.Unmatched.Count + pair.B.Unmatched.Count > MostDifference)
        {
            return false;
        }

        var passive = pair.A.IsPassive ? pair.A : pair.B;
        var active = pair.Other(passive);
        var most = Math.Min(passive.Words.Count, MostWords);
        for (var by = 2; by < most; by++)
        {
            if (passive.WordAt(by).Keyword != Keyword.By)
            {
                continue;
            }

            var verb = passive.WordAt(by - 1).Stem;
            var agent = FirstContent(passive, by + 1, 1);
            var patient = FirstContent(passive, by - 2, -1);
            var place = PlaceOf(active, verb, 0, active.Words.Count);
            if (agent < 0 || patient < 0 || place < 0)
            {
                continue;
            }

            var agentBefore = PlaceOf(active, agent, 0, place) >= 0;
            if (agentBefore && PlaceOf(active, patient, place + 1, active.Words.Count) >= 0)
            {
                return false;
            }

            if (!agentBefore && PlaceOf(active, agent, place + 1, active.Words.Count) >= 0 && PlaceOf(active, patient, 0, place) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int FirstContent(Question question, int index, int step)
    {
        for (; index >= 0 && index < question.Words.Count; index += step)
        {
            if (!question.WordAt(index).IsStop)
            {
                return question.WordAt(index).Stem;
            }
        }

        return -1;
    }

    private static int PlaceOf(Question question, int stem, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (question.WordAt(i).Stem == stem && !question.WordAt(i).Has(WordFlags.Unordered))
            {
                return i;
            }
        }

        return -1;
    }
}
