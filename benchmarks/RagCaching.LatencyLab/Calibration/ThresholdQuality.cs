namespace RagCaching.LatencyLab.Calibration;

/// <summary>How well a threshold and a guard separate pairs. What the guard refuses is no match.</summary>
/// <param name="Right">Pairs with the same answer that reach it.</param>
/// <param name="Same">All pairs with the same answer.</param>
/// <param name="WrongLookAlikes">Look-alikes that reach it.</param>
/// <param name="LookAlikes">All look-alikes.</param>
/// <param name="Wrong">Pairs with different answers that reach it, look-alikes included.</param>
internal sealed record ThresholdQuality(int Right, int Same, int WrongLookAlikes, int LookAlikes, int Wrong)
{
    /// <summary>Gets right matches divided by all matches.</summary>
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    /// <summary>Gets right matches divided by all pairs with the same answer.</summary>
    public double Recall => Same == 0 ? 0 : (double)Right / Same;

    public static ThresholdQuality Of(IEnumerable<LabelledPair> pairs, float threshold)
    {
        int right = 0, same = 0, wrongLookAlikes = 0, lookAlikes = 0, wrong = 0;
        foreach (var pair in pairs)
        {
            var matches = pair.IsAllowed && pair.Similarity >= threshold ? 1 : 0;
            var isSame = pair.Kind == PairKind.Same;
            var isLookAlike = pair.Kind == PairKind.LookAlike;
            same += isSame ? 1 : 0;
            right += isSame ? matches : 0;
            wrong += isSame ? 0 : matches;
            lookAlikes += isLookAlike ? 1 : 0;
            wrongLookAlikes += isLookAlike ? matches : 0;
        }

        return new ThresholdQuality(right, same, wrongLookAlikes, lookAlikes, wrong);
    }
}
