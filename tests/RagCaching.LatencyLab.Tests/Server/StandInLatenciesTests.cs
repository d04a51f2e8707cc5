using RagCaching.LatencyLab.Server;

namespace RagCaching.LatencyLab.Tests.Server;

public sealed class StandInLatenciesTests
{
    [Fact]
    public void Of_LongPromptAndSmallModel_ChangeTheTimes()
    {
        var large = StandInLatencies.Unscaled.Of(StandInLatencies.LargeModelName, promptTokens: 2_500);
        var small = StandInLatencies.Unscaled.At(10).Of(StandInLatencies.SmallModelName, promptTokens: 0);

        Assert.Equal((TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(2_050)), (large.FirstToken, large.WholeAnswer));
        Assert.Equal((TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(180)), (small.FirstToken, small.WholeAnswer));
    }
}
