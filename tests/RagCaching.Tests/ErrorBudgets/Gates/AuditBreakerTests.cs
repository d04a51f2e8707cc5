using RagCaching.ErrorBudgets.Gates;

namespace RagCaching.Tests.ErrorBudgets.Gates;

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
}
