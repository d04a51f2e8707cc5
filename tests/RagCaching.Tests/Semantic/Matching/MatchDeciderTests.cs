using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Matching;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Matching;

public sealed class MatchDeciderTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(0.95f)]
    [InlineData(1)]
    [InlineData(float.NaN)]
    public void Decide_SimilarityThatIsNoNumber_IsBelowTheThreshold(float floor) => Assert.Equal(SemanticCacheReason.BelowThreshold, Decide(float.NaN, floor));

    [Theory]
    [InlineData(0.95f, 0.95f, SemanticCacheReason.None)]
    [InlineData(0.9499999f, 0.95f, SemanticCacheReason.BelowThreshold)]
    [InlineData(1, 1, SemanticCacheReason.None)]
    [InlineData(-1, -1, SemanticCacheReason.None)]
    public void Decide_Floor_IsReachedByWhatIsEqual(float similarity, float floor, SemanticCacheReason expected) => Assert.Equal(expected, Decide(similarity, floor));

    [Theory]
    [InlineData("", SemanticCacheReason.None)]
    [InlineData("y", SemanticCacheReason.None)]
    [InlineData("n", SemanticCacheReason.Guard)]
    [InlineData("yy", SemanticCacheReason.None)]
    [InlineData("yn", SemanticCacheReason.Guard)]
    [InlineData("ny", SemanticCacheReason.Guard)]
    [InlineData("yyn", SemanticCacheReason.Guard)]
    public void Decide_SeveralGuards_EachMayRefuse(string guards, SemanticCacheReason expected) =>
        Assert.Equal(expected, Decide(1, 0.95f, [.. guards.Select(guard => new TestGuard((_, _) => guard == 'y'))]));

    private static SemanticCacheReason Decide(float similarity, float floor, params IMatchGuard[] guards)
    {
        using var meters = new TestMeterFactory();
        var telemetry = new CacheTelemetry(TelemetryNames.Kinds.Response, "test", new TestServices().Add<System.Diagnostics.Metrics.IMeterFactory>(meters));
        var decider = new MatchDecider(new Lazy<IReadOnlyList<IMatchGuard>>(guards), telemetry, new FaultReporting(TimeProvider.System, telemetry, NullLogger.Instance));
        return decider.Decide("a question", "another", similarity, floor, isRejected: false);
    }
}
