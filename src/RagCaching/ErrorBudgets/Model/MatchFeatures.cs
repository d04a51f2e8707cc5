namespace RagCaching.ErrorBudgets.Model;

/// <summary>What speaks for and against serving a candidate's answer, as raw numbers.</summary>
/// <param name="Similarity">The cosine of question and candidate.</param>
/// <param name="Agreement">How many of the four nearest others have the same answer as the candidate.</param>
/// <param name="Vote">The share of all neighbours' weights, which fall off with distance, that have the same answer.</param>
/// <param name="SharedWords">The share of the words of both questions that both have.</param>
/// <param name="SharedContent">The same without function words, of the longer question.</param>
/// <param name="CentroidMargin">How much nearer the question is to the centre of the candidate's group than to that of any other.</param>
/// <param name="Record">The logarithm of right over wrong labels of the candidate's group.</param>
/// <param name="SharedTrigrams">The share of the runs of three characters of both questions that both have.</param>
/// <param name="LengthDifference">The difference of their numbers of words, over the larger.</param>
/// <param name="CoveredContent">The share of the question's content words that neighbours with the candidate's answer have.</param>
/// <param name="OwnContent">The share of them that no neighbour with another answer has beside.</param>
/// <param name="TrigramMargin">The largest share of common runs of three characters with a neighbour of the candidate's answer, minus the largest with one of another.</param>
internal readonly record struct MatchFeatures(
    float Similarity, float Agreement, float Vote, float SharedWords, float SharedContent, float CentroidMargin, float Record, float SharedTrigrams, float LengthDifference,
    float CoveredContent, float OwnContent, float TrigramMargin)
{
    public const int Count = 12;

    /// <summary>Names this list of numbers: what was written with another one cannot be read.</summary>
    public const byte Version = 2;

    /// <summary>How many of them, the first ones, a curve uses that only a scope's own labels support: more cost it more than they tell.</summary>
    public const int CountWithoutPrior = 7;

    public void CopyTo(Span<double> destination)
    {
        destination[0] = Similarity;
        destination[1] = Agreement;
        destination[2] = Vote;
        destination[3] = SharedWords;
        destination[4] = SharedContent;
        destination[5] = CentroidMargin;
        destination[6] = Record;
        destination[7] = SharedTrigrams;
        destination[8] = LengthDifference;
        destination[9] = CoveredContent;
        destination[10] = OwnContent;
        destination[11] = TrigramMargin;
    }
}
