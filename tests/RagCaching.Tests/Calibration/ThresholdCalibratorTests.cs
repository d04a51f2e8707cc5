using RagCaching.Calibration.Statistics;

namespace RagCaching.Tests.Calibration;

public sealed class ThresholdCalibratorTests
{
    [Fact]
    public void Calibrate_CleanAboveNinety_ChoosesTheLowestThresholdWhoseBoundHolds()
    {
        var pairs = Pairs(0.9, 1.0, 300, _ => true).Concat(Pairs(0.5, 0.9, 300, i => i % 2 == 0));

        var result = new ThresholdCalibrator(0.98).Calibrate(pairs);

        Assert.NotNull(result.Threshold);
        Assert.InRange(result.Threshold.Value, 0.88f, 0.905f);
        Assert.Contains("right", result.Explanation, StringComparison.Ordinal);
        Assert.All(result.Curve.Where(point => point.IsAccepted), point => Assert.True(point.PrecisionLower >= 0.98));
        Assert.Equal(result.Threshold, result.Curve.Where(point => point.IsAccepted).Min(point => point.Threshold));
    }

    [Fact]
    public void Calibrate_LowerThresholdGoodByLuck_StopsAtTheFirstThatFails()
    {
        // The strictest thresholds are bad and the rest is perfect: further down the bound is met again, but was not tested.
        var pairs = Pairs(0.9, 1.0, 400, i => i % 10 != 0).Concat(Pairs(0.5, 0.9, 20_000, _ => true));

        var result = new ThresholdCalibrator(0.98).Calibrate(pairs);

        Assert.Null(result.Threshold);
        Assert.Contains(result.Curve, point => point.PrecisionLower >= 0.98);
        Assert.Contains("No threshold reaches", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibrate_TooFewPairs_SaysHowManyItTakes()
    {
        var result = new ThresholdCalibrator(0.98).Calibrate(Pairs(0.5, 1, 100, i => i > 0));

        Assert.Null(result.Threshold);
        Assert.Contains("149", result.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(600, false)]
    public void Calibrate_PairsOfACacheThatHadNearlyEveryAnswer_SaysThatTheThresholdIsNotToBeTrusted(int others, bool warns)
    {
        // One in three hundred is wrong, however far apart the questions are; others are wrong far below.
        var result = new ThresholdCalibrator(0.98).Calibrate(Pairs(0.5, 1, 3_000, i => i % 300 != 0).Concat(Pairs(0.1, 0.3, others, _ => false)));

        Assert.InRange(result.Threshold!.Value, 0.2f, 0.55f);
        Assert.Equal(warns, result.Warning is not null);
        Assert.Equal(warns, result.Explanation.EndsWith(result.Warning ?? "no warning", StringComparison.Ordinal));
        Assert.Equal(warns, result.Explanation.Contains("a cache that had nearly every answer already", StringComparison.Ordinal));
    }

    [Fact]
    public void Calibrate_Curve_HasIntervalsAndRecall()
    {
        var result = new ThresholdCalibrator(0.5, 0.9).Calibrate([new(0.9f, true), new(0.9f, true), new(0.7f, false), new(0.5f, true)]);

        var strictest = result.Curve[0];
        Assert.Equal((0.9f, 2, 2), (strictest.Threshold, strictest.Hits, strictest.Right));
        Assert.Equal(2.0 / 3, strictest.Recall, 1e-12);
        Assert.Equal(ClopperPearson.Lower(2, 2, 0.9), strictest.PrecisionLower);
        Assert.Equal(1, strictest.PrecisionUpper);
        Assert.Equal(0.75, result.Curve[^1].Precision);
        Assert.Equal(1, result.Curve[^1].Recall);
    }

    [Fact]
    public void Calibrate_PrecisionBelowTheTarget_IsChosenNoMoreOftenThanTheConfidenceAllows()
    {
        const int Runs = 200;
        var random = new Random(1);
        var broken = 0;
        for (var run = 0; run < Runs; run++)
        {
            // Above a similarity s the precision is s, on average (1 + s) / 2: the target is met from 0.9 on.
            var pairs = Enumerable.Range(0, 3_000).Select(_ => random.NextSingle()).Select(similarity => new LabelledSimilarity(similarity, random.NextSingle() < similarity)).ToArray();
            broken += new ThresholdCalibrator(0.95).Calibrate(pairs).Threshold is < 0.9f ? 1 : 0;
        }

        Assert.InRange(broken, 0, (int)(0.08 * Runs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Constructor_TargetOutOfRange_NamesIt(double target) =>
        Assert.Equal("targetPrecision", Assert.Throws<ArgumentOutOfRangeException>(() => new ThresholdCalibrator(target)).ParamName);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Constructor_ConfidenceOutOfRange_NamesIt(double confidence) =>
        Assert.Equal("confidence", Assert.Throws<ArgumentOutOfRangeException>(() => new ThresholdCalibrator(0.9, confidence)).ParamName);

    [Theory]
    [InlineData(1.5f)]
    [InlineData(-1.01f)]
    [InlineData(float.NaN)]
    public void Calibrate_SimilarityOutOfRange_NamesPairAndValue(float similarity)
    {
        var exception = Assert.Throws<ArgumentException>(() => new ThresholdCalibrator(0.9).Calibrate([new(0.5f, true), new(similarity, false)]));

        Assert.Contains("pair 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains(similarity.ToString(System.Globalization.CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Calibrate_OneKindOnly_IsRefused(bool isRight) =>
        Assert.Contains("right and wrong", Assert.Throws<ArgumentException>(() => new ThresholdCalibrator(0.9).Calibrate([new(0.5f, isRight)])).Message, StringComparison.Ordinal);

    private static IEnumerable<LabelledSimilarity> Pairs(double from, double to, int count, Func<int, bool> isRight) =>
        Enumerable.Range(0, count).Select(i => new LabelledSimilarity((float)(from + ((to - from) * (i + 0.5) / count)), isRight(i)));
}
