using RagCaching.Tests.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching.Tests.VectorStores.InMemory.Scanning;

[Trait("Category", "Kernel")]
public sealed class StripeScanTests
{
    private const int Rows = 400;
    private const int Groups = Rows / StripeKernel.GroupSize;

    [Theory]
    [InlineData(64)]
    [InlineData(384)]
    public void EveryWay_AnyLimits_LeavesTheVectorsThatReachThem(int dimensions)
    {
        var (sketches, rows) = TestSketches.OfOtherData(dimensions, Rows);
        var (survivors, others) = (new GroupSurvivors(), new GroupSurvivors());
        for (var row = 0; row < Rows; row += 37)
        {
            var query = new SketchQuery();
            query.Begin(sketches.Encoding);
            query.PrepareStripe(SketchLayout.Stripes - 1, rows[row]);
            var sums = Enumerable.Range(0, SketchLayout.Stripes).Select(stage => SumsAt(sketches, query, stage)).ToArray();
            foreach (var share in new[] { 0.0, 0.3, 0.9, 1.0 })
            {
                var limits = sums.Select(ofStage => ofStage.Order().ElementAt((int)(share * (Rows - 1)))).ToArray();
                bool[] first = [.. sums[0].Select(sum => sum >= limits[0])];
                bool[] two = [.. sums[1].Select(sum => sum >= limits[1])];
                bool[] third = [.. sums[2].Select(sum => sum >= limits[2])];

                StripeScan.First(sketches, Groups, query.Stripes, limits[0], survivors);
                AssertLeft(first, sums[0], survivors);
                StripeScan.Second(sketches, query.Stripes, limits[1], survivors, others);
                AssertLeft([.. first.Zip(two, (x, y) => x && y)], sums[1], others);
                StripeScan.Third(sketches, query.Stripes, limits[2], others, survivors);
                AssertLeft([.. first.Zip(two, third).Select(all => all.First && all.Second && all.Third)], sums[2], survivors);

                StripeScan.FirstTwo(sketches, Groups, query.Stripes, limits[1], others);
                AssertLeft(two, sums[1], others);
                StripeScan.Third(sketches, query.Stripes, limits[2], others, survivors);
                AssertLeft([.. two.Zip(third, (x, y) => x && y)], sums[2], survivors);

                StripeScan.All(sketches, Groups, query.Stripes, limits[2], survivors);
                AssertLeft(third, sums[2], survivors);
            }
        }
    }

    private static int[] SumsAt(SegmentSketches sketches, SketchQuery query, int stage) =>
        [.. Enumerable.Range(0, Rows).Select(slot => sketches.StripesSum(slot, stage, query.Stripes))];

    private static void AssertLeft(bool[] expected, int[] sums, GroupSurvivors survivors)
    {
        var left = new bool[Rows];
        for (var i = 0; i < survivors.Count; i++)
        {
            for (var vector = 0; vector < StripeKernel.GroupSize; vector++)
            {
                var slot = (survivors.GroupAt(i) * StripeKernel.GroupSize) + vector;
                left[slot] = (survivors.MaskAt(i) >> vector & 1) != 0;
                Assert.Equal(sums[slot], survivors.SumsAt(i)[vector]);
            }
        }

        Assert.Equal(expected, left);
    }
}
