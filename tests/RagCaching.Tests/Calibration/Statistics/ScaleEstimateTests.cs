using System.Numerics.Tensors;
using RagCaching.Calibration.Statistics;

namespace RagCaching.Tests.Calibration.Statistics;

public sealed class ScaleEstimateTests
{
    [Fact]
    public void Of_ThreeVectors_HasMeanSpreadAndMedianOfNearest()
    {
        // Similarities 0.6, 0 and 0.8: the nearest are 0.6, 0.8 and 0.8.
        var scale = ScaleEstimate.Of([[1, 0], [0.6f, 0.8f], [0, 1]])!;

        Assert.Equal(3, scale.Questions);
        Assert.Equal(1.4 / 3, scale.Unrelated, 1e-6);
        Assert.Equal(Math.Sqrt((1.0 / 3) - (1.4 * 1.4 / 9)), scale.Spread, 1e-6);
        Assert.Equal(0.8f, scale.Nearest, 1e-6f);
    }

    [Fact]
    public void Of_TheSameTextsTwice_DoesNotTakeThemForNearestQuestions()
    {
        float[][] once = [.. Sample(64, width: 0)];

        Assert.Equal(ScaleEstimate.Of(once)!.Nearest, ScaleEstimate.Of([.. once, .. once])!.Nearest);
    }

    [Fact]
    public void Of_VectorsWithoutAnyDifference_HasNone() => Assert.Null(ScaleEstimate.Of([.. Enumerable.Repeat<float[]>([1, 0], 10)]));

    [Fact]
    public void Of_ACommonDirection_ShrinksTheDistanceThatIsLeftAndNothingElse()
    {
        // A common component of length 2 brings every cosine from s to (s + 4) / 5.
        var plain = ScaleEstimate.Of(Sample(ScaleEstimate.Questions, width: 0))!;
        var narrow = ScaleEstimate.Of(Sample(ScaleEstimate.Questions, width: 2))!;

        Assert.Equal((plain.Unrelated + 4) / 5, narrow.Unrelated, 1e-5f);
        Assert.Equal(plain.Spread / 5, narrow.Spread, 1e-5f);
        Assert.InRange(1 - narrow.ProposedSimilarity, ((1 - plain.ProposedSimilarity) / 5) - 0.005f, ((1 - plain.ProposedSimilarity) / 5) + 0.005f);
    }

    [Theory]
    [InlineData(8, 0.935, 0.955)]
    [InlineData(384, 0.9, 0.93)]
    public void Of_FewDimensions_ProposesAStricterThreshold(int dimensions, float least, float most) =>
        Assert.InRange(ScaleEstimate.Of(Sample(ScaleEstimate.Questions, width: 0, dimensions))!.ProposedSimilarity, least, most);

    private static List<float[]> Sample(int count, float width, int dimensions = 384)
    {
        var random = new Random(5);
        var sample = new List<float[]>();
        for (var i = 0; i < count; i++)
        {
            float[] vector = [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            float[] wide = [.. vector, width];
            TensorPrimitives.Divide(wide, TensorPrimitives.Norm<float>(wide), wide);
            sample.Add(wide);
        }

        return sample;
    }
}
