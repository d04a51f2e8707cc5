using RagCaching.ErrorBudgets.Inheritance;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets.Inheritance;

public sealed class InheritedPriorTests
{
    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Of_Scopes_NeedsFive(int scopes, bool has) => Assert.Equal(has, InheritedPrior.Of(Scopes(scopes)) is not null);

    [Theory]
    [InlineData(199, 100, false)]
    [InlineData(200, 100, true)]
    [InlineData(200, 9, false)]
    [InlineData(200, 191, false)]
    public void IsEnough_Labels_NeedsManyOfBothKinds(int labels, int right, bool enough) =>
        Assert.Equal(enough, ScopeExperience.IsEnough([.. Enumerable.Range(0, labels).Select(i => i < right)]));

    [Fact]
    public void At_AnotherScale_IsTheSameCurve()
    {
        var experience = new ScopeExperience(new Standardizer([0.8, 2], [0.1, 1.5]), [0.5, 1.2, -0.7]);
        var other = new Standardizer([0.6, 1], [0.2, 1]);

        var weights = experience.At(other);

        foreach (var raw in (double[][])[[0.9, 3], [0.1, 0], [1, 4]])
        {
            Assert.Equal(Score(experience.Scale, experience.Weights, raw), Score(other, weights, raw), 1e-12);
        }
    }

    [Fact]
    public void Of_EqualScopes_IsThatScopeWithRoomForOthers()
    {
        var prior = InheritedPrior.Of([.. Enumerable.Repeat(Scope(1, 2), 5)])!;

        Assert.Equal([1, 2], prior.Means.ToArray());
        Assert.Equal([10, 0, 0, 10], prior.Precision.ToArray().Select(value => Math.Round(value, 9)));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 6)]
    [InlineData(3, 9)]
    public void Of_AMinorityThatWantsLooseBudgets_CannotMoveTheCentreBeyondTheOthers(int liars, int all)
    {
        ScopeExperience[] honest = [.. Scopes(all - liars)];

        var prior = InheritedPrior.Of([.. honest, .. Enumerable.Repeat(Scope(1_000, 1_000), liars)])!;

        Assert.InRange(prior.Means[0], honest.Min(scope => scope.Weights[0]), honest.Max(scope => scope.Weights[0]));
        Assert.InRange(prior.Means[1], honest.Min(scope => scope.Weights[1]), honest.Max(scope => scope.Weights[1]));

        // They can only make it say less.
        Assert.True(1 / prior.Precision[0] >= 0.1);
    }

    [Fact]
    public void Learn_TheSameScopeAgain_CountsOnce()
    {
        var host = new HostExperience();
        for (var i = 0; i < 10; i++)
        {
            host.Learn("a scope", Scope(1, 2));
        }

        Assert.Same(FitPlan.Cautious, host.PlanFor(FitPlan.Cautious));
    }

    [Fact]
    public void Forget_AScope_TakesItsExperienceAway()
    {
        var host = new HostExperience();
        var number = 0;
        foreach (var experience in Scopes(5))
        {
            host.Learn($"scope {number++}", experience);
        }

        var before = host.PlanFor(FitPlan.Cautious);
        host.Forget("scope 3");

        Assert.True(before.IsInherited);
        Assert.False(before.StartsWithFirstFit);
        Assert.False(before.FollowsQuestions);
        Assert.Equal(CutOffRule.Cautious, before.Rule);
        Assert.Same(FitPlan.Cautious, host.PlanFor(FitPlan.Cautious));
    }

    private static ScopeExperience Scope(double intercept, double slope) => new(new Standardizer([0.8], [0.1]), [intercept, slope]);

    private static IReadOnlyList<ScopeExperience> Scopes(int count) => [.. Enumerable.Range(0, count).Select(i => Scope(1 + (0.1 * i), 2 - (0.1 * i)))];

    private static double Score(Standardizer scale, double[] weights, double[] raw)
    {
        var row = new double[scale.Size];
        scale.Apply(raw, row);
        return SquareMatrix.Dot(weights, row);
    }
}
