using RagCaching.Quality.Simulation;

namespace RagCaching.Quality.Tests.Simulation;

[Trait("Category", "Kernel")]
public class BreakerRunTests
{
    [Theory]
    [InlineData(0.01, 5, 80)]
    [InlineData(0.02, 3, 104)]
    [InlineData(0.05, 2, 126)]
    [InlineData(0.02, 10, 19)]
    public void AuditsUntilAlarm_RateAboveTheBudget_IsNoticedAsFastAsSpecified(double budget, double multiple, double specifiedMedian)
    {
        var delays = Enumerable.Range(0, 400).Select(seed => BreakerRun.AuditsUntilAlarm(budget, multiple * budget, 3_000, seed)).Order().ToArray();

        Assert.InRange(delays[delays.Length / 2], 0.8 * specifiedMedian, 1.2 * specifiedMedian);
    }

    [Theory]
    [InlineData(0.01, 1, 0.14)]
    [InlineData(0.02, 1, 0.14)]
    [InlineData(0.05, 1, 0.14)]
    [InlineData(0.02, 0.5, 0.01)]
    public void AuditsUntilAlarm_RateWithinTheBudget_RarelyRaisesAFalseAlarm(double budget, double multiple, double specifiedShare)
    {
        const int Runs = 1_000;
        var alarms = Enumerable.Range(0, Runs).Count(seed => BreakerRun.AuditsUntilAlarm(budget, multiple * budget, 300, seed) <= 300);

        // Three standard deviations of the simulation itself.
        Assert.InRange((double)alarms / Runs, 0, specifiedShare + (3 * Math.Sqrt(specifiedShare * (1 - specifiedShare) / Runs)));
    }
}
