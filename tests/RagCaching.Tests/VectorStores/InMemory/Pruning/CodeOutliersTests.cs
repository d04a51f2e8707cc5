using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

public sealed class CodeOutliersTests
{
    private const int Rows = 400;

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(384)]
    [InlineData(1_536)]
    public void UpperOf_VectorsOfOtherData_IsNeverBelowTheSimilarityAndRulesMostOut(int dimensions)
    {
        const float Floor = 0.95f;
        var (sketches, rows) = TestSketches.OfOtherData(dimensions, Rows);
        var outliers = sketches.Outliers.Items;
        var (all, ruledOut) = (0, 0);
        for (var i = 0; i < Rows; i += 7)
        {
            var query = new SketchQuery();
            query.Begin(sketches.Encoding);
            query.PrepareStripe(SketchLayout.Stripes - 1, rows[i]);
            if (sketches.Encoding.Layout.RowBytes > 0)
            {
                query.PrepareRow(rows[i]);
            }

            foreach (ref readonly var outlier in outliers)
            {
                var similarity = DotKernel.Dot(rows[i], rows[outlier.Slot]);
                var lowest = float.MaxValue;
                for (var stage = 0; stage < sketches.Encoding.Layout.UsedStages; stage++)
                {
                    lowest = Math.Min(lowest, query.UpperOf(sketches, outlier, stage));
                }

                Assert.True(lowest >= similarity, $"The bound is {lowest} and the similarity of {i} and {outlier.Slot} is {similarity}.");
                all += similarity < Floor ? 1 : 0;
                ruledOut += lowest < Floor ? 1 : 0;
            }
        }

        Assert.True(outliers.Length > Rows / 10, $"Only {outliers.Length} vectors are outliers.");
        Assert.True(ruledOut > 0.9 * all, $"Only {ruledOut} of {all} are ruled out.");
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(384)]
    public void Encode_VectorsOfTheSameData_MakesFewOutliers(int dimensions)
    {
        var encoding = TestSketches.Encoding(dimensions, Rows);
        var source = new VectorSource(dimensions, seed: 1);
        var codes = new SketchCodes();
        var outliers = 0;
        for (var i = 0; i < 2 * Rows; i++)
        {
            encoding.Encode(AdversarialData.Unit(source.Next()), codes);
            outliers += codes.IsOutlier ? 1 : 0;
        }

        Assert.InRange(outliers, 0, Rows / 20);
    }

    [Fact]
    public void StripesSum_EveryStage_IsThatOfTheKernel()
    {
        var (sketches, rows) = TestSketches.OfOtherData(64, Rows);
        var query = new SketchQuery();
        query.Begin(sketches.Encoding);
        query.PrepareStripe(SketchLayout.Stripes - 1, rows[5]);
        var survivors = new GroupSurvivors();
        StripeScan.All(sketches, Rows / StripeKernel.GroupSize, query.Stripes, int.MinValue, survivors);

        for (var slot = 0; slot < Rows; slot++)
        {
            var sum = survivors.SumsAt(slot / StripeKernel.GroupSize)[slot % StripeKernel.GroupSize];
            Assert.Equal(sum, sketches.StripesSum(slot, SketchLayout.Stripes - 1, query.Stripes));
        }
    }

    [Fact]
    public void Write_SlotTurnsIntoAnOrdinaryOneAndBack_IsListedOnce()
    {
        var outliers = new CodeOutliers(100, SketchLayout.Stripes);
        var (ordinary, other) = Codes();

        outliers.Write(70, other);
        outliers.Write(70, ordinary);
        Assert.False(outliers.Contains(70));

        outliers.Write(70, other);
        Assert.True(outliers.Contains(70));
        Assert.False(outliers.Contains(6));
        Assert.Equal(70, Assert.Single(outliers.Items.ToArray()).Slot);
    }

    private static (SketchCodes Ordinary, SketchCodes Exception) Codes()
    {
        var encoding = TestSketches.Encoding(64, Rows);
        var sets = new[] { new VectorSource(64, seed: 1), new VectorSource(64, seed: 2, decay: 0) }.Select(source =>
        {
            var codes = new SketchCodes();
            encoding.Encode(AdversarialData.Unit(source.Next()), codes);
            return codes;
        }).ToArray();
        Assert.Equal((false, true), (sets[0].IsOutlier, sets[1].IsOutlier));
        return (sets[0], sets[1]);
    }
}
