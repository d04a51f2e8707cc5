using RagCaching.Tests.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.Tests.VectorStores.InMemory.Rows;

public sealed class ScanPlannerTests
{
    private const int Dimensions = 384;
    private const int Groups = 100;
    private const float Floor = 0.9f;
    private const int Attempts = 32;

    [Theory]
    [InlineData(5, 1, nameof(ScanPlan.Stages))]
    [InlineData(95, 10, nameof(ScanPlan.TwoStripes))]
    [InlineData(95, 90, nameof(ScanPlan.AllStripes))]
    public void ChooseFor_SharesThatSurvive_ReadsTogetherWhatMostNeed(int afterFirst, int afterSecond, string expected)
    {
        var (planner, segment) = (new ScanPlanner(), SegmentWithSketches());
        for (var i = 0; i < Groups; i++)
        {
            planner.FirstStripeLeft(Floor, afterFirst, Groups);
            planner.SecondStripeLeft(Floor, afterSecond, Groups);
        }

        var plans = Enumerable.Range(1, Attempts).Select(_ => planner.ChooseFor(segment, Floor)).ToArray();

        Assert.All(plans[..^1], plan => Assert.Equal(Enum.Parse<ScanPlan>(expected), plan));
        Assert.Equal(ScanPlan.Stages, plans[^1]);
    }

    [Fact]
    public void ChooseFor_OtherFloor_KnowsNothingOfThisOne()
    {
        var (planner, segment) = (new ScanPlanner(), SegmentWithSketches());
        for (var i = 0; i < Groups; i++)
        {
            planner.FirstStripeLeft(0.5f, Groups, Groups);
            planner.SecondStripeLeft(0.5f, Groups, Groups);
        }

        Assert.Equal(ScanPlan.AllStripes, planner.ChooseFor(segment, 0.5f));
        Assert.Equal(ScanPlan.Stages, planner.ChooseFor(segment, Floor));
    }

    [Theory]
    [InlineData(0, 0, 16)]
    [InlineData(25, 10, 16 + (0.25 * 16) + (0.1 * 32))]
    [InlineData(100, 10, 16 + 16 + (0.1 * 32))]
    [InlineData(100, 100, 64)]
    public void BytesPerVector_SharesThatSurvive_AddsUpTheStripes(int afterFirst, int afterSecond, double expected)
    {
        var (planner, segment) = (new ScanPlanner(), SegmentWithSketches());
        for (var i = 0; i < Groups; i++)
        {
            planner.FirstStripeLeft(Floor, afterFirst, Groups);
            planner.SecondStripeLeft(Floor, afterSecond, Groups);
        }

        Assert.Equal(expected, planner.BytesPerVector(segment, Floor), tolerance: 0.01);
    }

    private static Segment SegmentWithSketches()
    {
        var segment = new Segment(Dimensions, slots: 8);
        segment.Codes.Start(TestSketches.Encoding(Dimensions, rows: 100), withScalar: false);
        return segment;
    }
}
