using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

/// <summary>No stage's bound is below a similarity, and all together are far below it for most vectors.</summary>
[Trait("Category", "Kernel")]
public sealed class SketchBoundTests
{
    private const int Rows = 400;

    [Theory]
    [InlineData(64)]
    [InlineData(129)]
    [InlineData(384)]
    [InlineData(1_536)]
    public void Upper_EveryStage_IsNeverBelowTheSimilarity(int dimensions)
    {
        const float Floor = 0.9f;
        var (sketches, rows) = TestSketches.OfSameData(dimensions, Rows);
        var layout = sketches.Encoding.Layout;
        var query = new SketchQuery();
        var (below, ruledOut) = (0, 0);
        for (var i = 0; i < Rows; i += 7)
        {
            query.Clear();
            query.Begin(sketches.Encoding);
            query.PrepareStripe(SketchLayout.Stripes - 1, rows[i]);
            for (var slot = 0; slot < Rows; slot++)
            {
                if (sketches.Outliers.Contains(slot))
                {
                    continue;
                }

                var similarity = DotKernel.Dot(rows[i], rows[slot]);
                var lowest = float.MaxValue;
                for (var stage = 0; stage < SketchLayout.Stripes; stage++)
                {
                    ref readonly var bound = ref query[stage];
                    var offset = bound.OffsetFor(sketches.SpreadAt(stage), sketches.ErrorAt(stage));
                    var sum = sketches.StripesSum(slot, stage, query.Stripes);
                    Assert.True(bound.Upper(sum, offset) >= similarity, $"Stage {stage} says {bound.Upper(sum, offset)} of {i} and {slot}, which is {similarity}.");
                    Assert.True(sum >= bound.LimitFor(similarity, offset));
                    lowest = Math.Min(lowest, bound.Upper(sum, offset));
                }

                below += similarity < Floor ? 1 : 0;
                ruledOut += lowest < Floor ? 1 : 0;
            }
        }

        Assert.Equal(SketchLayout.StripesAxes, layout.AxesAt(SketchLayout.Stripes - 1));
        Assert.True(ruledOut > 0.5 * below, $"Only {ruledOut} of {below} are ruled out.");
    }

    [Fact]
    public void NibbleOf_EveryAxis_HasAPlaceOfItsOwn()
    {
        var layout = new SketchLayout(384);
        var places = new HashSet<(int, bool)> { (SketchLayout.FirstAxisByte, false), (SketchLayout.FirstAxisByte, true) };
        var (axis, end) = (1, 0);
        for (var stage = 0; stage < SketchLayout.Stripes; stage++)
        {
            end += SketchLayout.StripeBytes[stage];
            for (; axis < layout.AxesAt(stage); axis++)
            {
                var place = SketchLayout.NibbleOf(axis, out var isHigh);
                Assert.InRange(place, end - SketchLayout.StripeBytes[stage], end - 2);
                Assert.True(places.Add((place, isHigh)));
            }
        }

        // All but the last bytes of the stripes.
        Assert.Equal(2 * (SketchLayout.StripesBytes - SketchLayout.Stripes), places.Count);
    }
}
