using RagCaching.LatencyLab.Calibration;

namespace RagCaching.LatencyLab.Tests.Calibration;

public sealed class ThresholdChooserTests
{
    [Fact]
    public void Choose_CleanPairs_GivesTheStrictestBudgetThatTheyCanShow()
    {
        // 149 pairs without a mistake show 2 %, and 1 % takes 299.
        var (budget, threshold, _) = ThresholdChooser.Choose([.. Pairs(200, 0.9f, PairKind.Same), .. Pairs(100, 0.6f, PairKind.LookAlike)]);

        Assert.Equal(0.02, budget);
        Assert.InRange(threshold, 0.6001f, 0.9f);
    }

    [Fact]
    public void Choose_PairsThatTheGuardRefuses_AreLeftOut()
    {
        var (budget, threshold, _) = ThresholdChooser.Choose(
            [.. Pairs(200, 0.9f, PairKind.Same), .. Pairs(100, 0.95f, PairKind.LookAlike, isAllowed: false), .. Pairs(100, 0.6f, PairKind.Different)]);

        Assert.Equal(0.02, budget);
        Assert.InRange(threshold, 0.6001f, 0.9f);
    }

    [Fact]
    public void Choose_LookAlikesAboveEverything_ServesNothingButRepeats()
    {
        var (budget, threshold, explanation) = ThresholdChooser.Choose([.. Pairs(20, 0.8f, PairKind.Same), .. Pairs(100, 0.9f, PairKind.LookAlike)]);

        Assert.Equal((0.25, 1f), (budget, threshold));
        Assert.StartsWith("No threshold", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_OnlyRightPairs_SaysThatThereIsNothingToTellApart()
    {
        var (_, threshold, explanation) = ThresholdChooser.Choose(Pairs(20, 0.8f, PairKind.Same));

        Assert.Equal(1, threshold);
        Assert.Contains("20 of 20", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Threshold_CountsRightAndWrongMatchesThatTheGuardAllows()
    {
        LabelledPair[] pairs =
        [
            new(0.95f, PairKind.Same), new(0.60f, PairKind.Same), new(0.90f, PairKind.Different), new(0.97f, PairKind.Same, IsAllowed: false),
            new(0.305f, PairKind.LookAlike), new(0.505f, PairKind.LookAlike), new(0.99f, PairKind.LookAlike, IsAllowed: false), new(0.805f, PairKind.LookAlike),
        ];

        var quality = ThresholdQuality.Of(pairs, 0.8f);

        Assert.Equal(new ThresholdQuality(Right: 1, Same: 3, WrongLookAlikes: 1, LookAlikes: 4, Wrong: 2), quality);
        Assert.Equal((1d / 3, 1d / 3), (quality.Precision, quality.Recall));
    }

    private static IEnumerable<LabelledPair> Pairs(int count, float similarity, PairKind kind, bool isAllowed = true) =>
        Enumerable.Repeat(new LabelledPair(similarity, kind, isAllowed), count);
}
