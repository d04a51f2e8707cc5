using RagCaching.LatencyLab.Calibration;

namespace RagCaching.LatencyLab.Tests.Calibration;

public sealed class ThresholdChooserTests
{
    private static readonly LabelledPair[] Pairs =
    [
        new(0.95f, PairKind.Same), new(0.60f, PairKind.Same), new(0.90f, PairKind.Different),
        new(0.305f, PairKind.LookAlike), new(0.505f, PairKind.LookAlike), new(0.705f, PairKind.LookAlike), new(0.805f, PairKind.LookAlike),
    ];

    [Theory]
    [InlineData(0, 0.81f)]
    [InlineData(0.25, 0.71f)]
    [InlineData(0.5, 0.51f)]
    [InlineData(1, 0f)]
    public void Choose_Share_GivesLowestThresholdThatKeepsIt(double share, float expected) =>
        Assert.Equal(expected, ThresholdChooser.Choose(Pairs, share), 1e-6f);

    [Fact]
    public void Choose_LookAlikeThatIsEqual_GivesOne() =>
        Assert.Equal(1, ThresholdChooser.Choose([new LabelledPair(0.999f, PairKind.LookAlike)], 0));

    [Fact]
    public void Of_Threshold_CountsRightAndWrongMatches()
    {
        var quality = ThresholdQuality.Of(Pairs, 0.8f);

        Assert.Equal(new ThresholdQuality(Right: 1, Same: 2, WrongLookAlikes: 1, LookAlikes: 4, Wrong: 2), quality);
        Assert.Equal((1d / 3, 0.5), (quality.Precision, quality.Recall));
    }
}
