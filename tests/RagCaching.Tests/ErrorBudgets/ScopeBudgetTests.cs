using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class ScopeBudgetTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly Random _random = new(1);

    [Fact]
    public void EndRefit_LabelsThatAreThereAllowIt_StartsAtTheFirstFit()
    {
        var scope = Taught();

        Assert.False(scope.Read().IsServing);
        Refit(scope);

        Assert.True(scope.Read().IsServing);
        Assert.True(Decide(scope, 0.99f).MayServe);
    }

    [Fact]
    public void EndRefit_StrictStart_WaitsForDecisions()
    {
        var scope = Taught(isStrict: true);

        Refit(scope);

        Assert.False(scope.Read().IsServing);
        Assert.True(Decide(scope, 0.99f) is { WouldServe: true, MayServe: false });
    }

    [Fact]
    public void EndRefit_AfterAnAlarm_WaitsForDecisions()
    {
        var scope = Taught();
        Refit(scope);
        var decision = Decide(scope, 0.99f);
        Assert.True(decision.MayServe && scope.MayStillServe(decision));
        for (var i = 0; i < 20 && scope.Read().BreakerTrips == 0; i++)
        {
            // Each of a group of its own, since a wrong answer makes its group doubtful.
            scope.Learn(Decide(scope, 0.8f + (0.005f * i)), isRight: false, ExplorationKind.Audit, Start);
        }

        // What was decided before the alarm, and is needed after it, is forbidden as well.
        Assert.False(scope.MayStillServe(decision));
        PassBy(scope, 500);
        Refit(scope);

        Assert.True(Decide(scope, 0.99f) is { WouldServe: true, MayServe: false });
        Assert.Equal(1, scope.Read().BreakerTrips);
    }

    [Fact]
    public void EndRefit_NextToNothingToServe_ServesNothing()
    {
        // The same labels, but nearly all requests come near nothing.
        var scope = Taught();
        PassBy(scope, 1_900);

        Refit(scope);

        Assert.False(Decide(scope, 0.99f).WouldServe);
    }

    [Fact]
    public void Learn_AnswerThatWasSurelyRightIsWrong_DoubtsWhatItsGroupHeldBefore()
    {
        var scope = Taught();
        Refit(scope);
        var old = DecideIn(scope, group: 77, Start);

        Assert.True(old.MayServe);
        Assert.True(scope.Learn(old, isRight: false, ExplorationKind.Audit, Start.AddHours(1)).DropsCandidate);

        // The record of the group is even again: what is left is the doubt.
        scope.Report(group: 77, features: null, isRight: true, Start);

        Assert.False(DecideIn(scope, group: 77, Start).WouldServe);
        Assert.False(DecideIn(scope, group: 77, Start.AddHours(1)).WouldServe);
        Assert.True(DecideIn(scope, group: 77, Start.AddHours(1).AddTicks(1)).WouldServe);
        Assert.True(DecideIn(scope, group: 78, Start).WouldServe);
    }

    [Fact]
    public void EndRefit_FailedRefit_ChangesNothing()
    {
        var scope = Taught();
        Assert.NotNull(scope.TryBeginRefit());
        Assert.Null(scope.TryBeginRefit());

        scope.EndRefit(null);

        Assert.False(Decide(scope, 0.99f).WouldServe);
        PassBy(scope, 500);
        Assert.NotNull(scope.TryBeginRefit());
    }

    /// <summary>Makes a scope that has seen four hundred answers, right from a similarity of 0.7 on, before the first fit.</summary>
    private ScopeBudget Taught(bool isStrict = false)
    {
        var scope = new ScopeBudget(0.05, isStrict, FitPlan.Cautious);
        for (var i = 0; i < 400; i++)
        {
            var similarity = 0.5f + (0.5f * _random.NextSingle());
            scope.Learn(Decide(scope, similarity), similarity > 0.7f, ExplorationKind.NotServed, Start);
        }

        return scope;
    }

    private static BudgetDecision Decide(ScopeBudget scope, float similarity) =>
        scope.Decide("a question", [1, 0], [new Neighbour("another", "n", 1 + (ulong)(similarity * 1_000_000), similarity, Start), new Neighbour("a third", "m", 1, 0.4f, Start)], 0);

    private static BudgetDecision DecideIn(ScopeBudget scope, ulong group, DateTimeOffset createdAt) =>
        scope.Decide("a question", [1, 0], [new Neighbour("another", "n", group, 0.99f, createdAt), new Neighbour("a third", "m", 1, 0.4f, Start)], 0);

    private static void PassBy(ScopeBudget scope, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            scope.PassBy();
        }
    }

    private static void Refit(ScopeBudget scope) => scope.EndRefit(scope.TryBeginRefit()!.Run(TestContext.Current.CancellationToken));
}
