using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Refuses when each side has a name that the other lacks; strict when one side has.</summary>
internal static class NameRule
{
    private const double LeastOverlap = 0.4;
    private const int FewWords = 5;
    private const int MostNames = 64;

    public static bool Refuses(Comparison pair)
    {
        if (HanNames.Differ(pair))
        {
            return true;
        }

        MissingNames.Find(pair);
        var here = pair.A.MissingNames.Count > 0;
        var there = pair.B.MissingNames.Count > 0;
        if (here && there)
        {
            return !Blanks.AreMoved(pair) && (!SharesName(pair) || pair.Overlaps(LeastOverlap, FewWords));
        }

        if (!here && !there)
        {
            return false;
        }

        return pair.IsStrict || (!pair.IsLenient && OneOfTwoMentionsChanged(pair, here ? pair.B : pair.A));
    }

    private static bool SharesName(Comparison pair)
    {
        foreach (var position in pair.A.Names)
        {
            if (pair.Vocabulary[pair.A.Tokens[position].Surface].Surfaces[1] > 0)
            {
                return true;
            }
        }

        var (here, there) = (Math.Min(pair.A.Names.Count, MostNames), Math.Min(pair.B.Names.Count, MostNames));
        for (var i = 0; i < there; i++)
        {
            ref readonly var name = ref pair.B.Tokens[pair.B.Names[i]];
            for (var j = 0; j < here; j++)
            {
                ref readonly var other = ref pair.A.Tokens[pair.A.Names[j]];
                if (other.Surface == name.Surface || other.Stem == name.Surface || other.Surface == name.Stem || other.Stem == name.Stem)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>"Is Bert older than Bert" was made of a question about Bert and another: the complete side names somebody more often.</summary>
    private static bool OneOfTwoMentionsChanged(Comparison pair, Question complete)
    {
        if (CountUncapitalised(pair.A) + CountUncapitalised(pair.B) > 1)
        {
            return false;
        }

        var other = pair.Other(complete);
        foreach (var position in complete.Names)
        {
            ref readonly var entry = ref pair.Vocabulary[complete.Tokens[position].Surface];
            if (entry.Surfaces[other.Side] > 0 && entry.Surfaces[complete.Side] > entry.Surfaces[other.Side])
            {
                return true;
            }
        }

        return false;
    }

    private static int CountUncapitalised(Question question)
    {
        var count = 0;
        foreach (var position in question.Unmatched)
        {
            count += question.Tokens[position].Capitals == Capitals.None ? 1 : 0;
        }

        return count;
    }
}
