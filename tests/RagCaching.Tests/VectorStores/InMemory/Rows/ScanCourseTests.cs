using RagCaching.Tests.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.Tests.VectorStores.InMemory.Rows;

public sealed class ScanCourseTests
{
    private const int Dimensions = 384;
    private const int Groups = 100;
    private const float Floor = 0.9f;
    private const int Attempts = 32;

    [Theory]
    [InlineData(5, 1, nameof(ScanWay.Stages))]
    [InlineData(95, 10, nameof(ScanWay.TwoStripes))]
    [InlineData(95, 90, nameof(ScanWay.AllStripes))]
    public void ChooseFor_SharesThatSurvive_ReadsTogetherWhatMostNeed(int afterFirst, int afterSecond, string expected)
    {
        var (course, segment) = (new ScanCourse(), SegmentWithHeads());
        for (var i = 0; i < Groups; i++)
        {
            course.FirstStripeLeft(Floor, afterFirst, Groups);
            course.SecondStripeLeft(Floor, afterSecond, Groups);
        }

        var ways = Enumerable.Range(1, Attempts).Select(_ => course.ChooseFor(segment, Floor)).ToArray();

        Assert.All(ways[..^1], way => Assert.Equal(Enum.Parse<ScanWay>(expected), way));
        Assert.Equal(ScanWay.Stages, ways[^1]);
    }

    [Fact]
    public void ChooseFor_OtherFloor_KnowsNothingOfThisOne()
    {
        var (course, segment) = (new ScanCourse(), SegmentWithHeads());
        for (var i = 0; i < Groups; i++)
        {
            course.FirstStripeLeft(0.5f, Groups, Groups);
            course.SecondStripeLeft(0.5f, Groups, Groups);
        }

        Assert.Equal(ScanWay.AllStripes, course.ChooseFor(segment, 0.5f));
        Assert.Equal(ScanWay.Stages, course.ChooseFor(segment, Floor));
    }

    [Theory]
    [InlineData(0, 0, 16)]
    [InlineData(25, 10, 16 + (0.25 * 16) + (0.1 * 32))]
    [InlineData(100, 10, 16 + 16 + (0.1 * 32))]
    [InlineData(100, 100, 64)]
    public void BytesPerVector_SharesThatSurvive_AddsUpTheStripes(int afterFirst, int afterSecond, double expected)
    {
        var (course, segment) = (new ScanCourse(), SegmentWithHeads());
        for (var i = 0; i < Groups; i++)
        {
            course.FirstStripeLeft(Floor, afterFirst, Groups);
            course.SecondStripeLeft(Floor, afterSecond, Groups);
        }

        Assert.Equal(expected, course.BytesPerVector(segment, Floor), tolerance: 0.01);
    }

    private static Segment SegmentWithHeads()
    {
        var segment = new Segment(Dimensions, slots: 8);
        segment.Codes.Start(TestHeads.Encoding(Dimensions, rows: 100), withFull: false);
        return segment;
    }
}
