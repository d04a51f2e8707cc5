using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Finds the names of each side that the other lacks, once for all rules that ask.</summary>
internal static class MissingNames
{
    // Enough for every rule, and a bound for a question that is nothing but names.
    private const int MostMissing = 64;

    public static void Find(Comparison pair)
    {
        if (!pair.KnowsMissingNames)
        {
            Find(pair, pair.A);
            Find(pair, pair.B);
            pair.KnowsMissingNames = true;
        }
    }

    private static void Find(Comparison pair, Question question)
    {
        foreach (var position in question.Names)
        {
            if (question.MissingNames.Count < MostMissing && !NameMatch.IsPresent(pair, question, position))
            {
                question.MissingNames.Add(position);
            }
        }
    }
}
