using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>Which pairs of model calls the rule takes for a broken promise; each time is in microseconds.</summary>
public sealed class FlightRuleTests
{
    private static readonly Step Get = new(0, StepKind.Get, 0, 0, 1, 0, 0, 0, 0, SemanticCacheMode.ReadWrite, Behavior.Plain, TimeSpan.FromMinutes(1), 0);
    private static readonly Life Life = new(1, 0, 0);

    private static IEnumerable<Violation> Check(History history) => new FlightRule(hasLeases: false).Check(history);

    private static History Runs(params (long Invoked, long Begun, long Ended)[] calls)
    {
        var history = new History(new Plan(1, new Settings(), [Get]));
        for (var i = 0; i < calls.Length; i++)
        {
            var (invoked, begun, ended) = calls[i];
            var operation = new Operation(Get, Life) { Invoked = invoked, Responded = ended, Outcome = SemanticCacheOutcome.Miss };
            history.Add(new Answer(i + 1, operation) { Begun = begun, Ended = ended, IsComplete = true });
        }

        return history;
    }

    private static History WithRemoval(History history, long invoked, long responded)
    {
        history.Add(new Operation(Get with { Kind = StepKind.RemoveScope }, Life) { Invoked = invoked, Responded = responded });
        return history;
    }

    [Fact]
    public void Check_CallsOneAfterTheOther_AreFine() => Assert.Empty(Check(Runs((0, 10, 20), (5, 20, 30))));

    [Fact]
    public void Check_CallsAtTheSameTime_AreNoticed() => Assert.Single(Check(Runs((0, 10, 20), (5, 15, 30))));

    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(8, 9, 0)]
    [InlineData(12, 25, 0)]
    [InlineData(16, 25, 1)]
    public void Check_ARemovalBeforeTheSecondCall_ExcusesIt(long invoked, long responded, int violations) =>
        Assert.Equal(violations, Check(WithRemoval(Runs((8, 10, 20), (12, 15, 30)), invoked, responded)).Count());

    // Who came after the removal does not join who came before it, and may be the first to reach the model.
    [Theory]
    [InlineData(3, 9, 0)]
    [InlineData(0, 1, 1)]
    public void Check_ARemovalBetweenTheCallers_ExcusesThemInEitherOrder(long invoked, long responded, int violations) =>
        Assert.Equal(violations, Check(WithRemoval(Runs((2, 15, 30), (10, 12, 20)), invoked, responded)).Count());
}
