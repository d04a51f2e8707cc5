using RagCaching.Semantic.Decisions.Budget;

namespace RagCaching.Tests.Semantic.Decisions.Budget;

[Trait("Category", "Kernel")]
public sealed class AuditBreakerTests
{
    [Fact]
    public void Add_WorkedExample_HasTheSpecifiedMeans()
    {
        var breaker = new AuditBreaker(0.02);
        var means = new List<double>();

        foreach (var isRight in (bool[])[true, true, false, true, false, false])
        {
            breaker.Add(isRight);
            means.Add(breaker.Mean);
        }

        double[] expected = [.9327, 1.8065, 11.5213, 11.2128, 69.9281];
        Assert.All(expected.Zip(means), pair => Assert.Equal(pair.First, pair.Second, 5e-5));
        Assert.Equal(546.477, means[^1], 5e-4);
    }

    [Fact]
    public void Add_ManyWrongAnswers_RaisesTheAlarmAndStartsAnew()
    {
        var breaker = new AuditBreaker(0.02);
        var audits = 1;
        while (!breaker.Add(isRight: false))
        {
            audits++;
        }

        Assert.InRange(audits, 3, 5);
        Assert.Equal(0, breaker.Mean);
    }

    [Theory]
    [InlineData(0.01, 5, 80)]
    [InlineData(0.02, 3, 104)]
    [InlineData(0.05, 2, 126)]
    [InlineData(0.02, 10, 19)]
    public void Add_RateAboveTheBudget_IsNoticedAsFastAsSpecified(double budget, double multiple, double specifiedMedian)
    {
        var delays = Enumerable.Range(0, 400).Select(seed => AuditsUntilAlarm(budget, multiple * budget, 3_000, seed)).Order().ToArray();

        Assert.InRange(delays[delays.Length / 2], 0.8 * specifiedMedian, 1.2 * specifiedMedian);
    }

    [Theory]
    [InlineData(0.01, 1, 0.14)]
    [InlineData(0.02, 1, 0.14)]
    [InlineData(0.05, 1, 0.14)]
    [InlineData(0.02, 0.5, 0.01)]
    public void Add_RateWithinTheBudget_RarelyRaisesAFalseAlarm(double budget, double multiple, double specifiedShare)
    {
        const int Runs = 1_000;
        var alarms = Enumerable.Range(0, Runs).Count(seed => AuditsUntilAlarm(budget, multiple * budget, 300, seed) <= 300);

        // Three standard deviations of the simulation itself.
        Assert.InRange((double)alarms / Runs, 0, specifiedShare + (3 * Math.Sqrt(specifiedShare * (1 - specifiedShare) / Runs)));
    }

    private static int AuditsUntilAlarm(double budget, double rate, int most, int seed)
    {
        var random = new Random(seed);
        var breaker = new AuditBreaker(budget);
        for (var audits = 1; audits <= most; audits++)
        {
            if (breaker.Add(random.NextDouble() >= rate))
            {
                return audits;
            }
        }

        return most + 1;
    }
}
