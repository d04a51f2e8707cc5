using RagCaching.Quality.Simulation;

namespace RagCaching.Quality.Tests.Simulation;

public sealed class SimulatedScopeTests
{
    [Theory]
    [InlineData("easy", 0.05)]
    [InlineData("medium", 0.05)]
    [InlineData("hard", 0.05)]
    [InlineData("hopeless", 0.05)]
    [InlineData("easy", 0.02)]
    public void Run_KnownTruth_ExpectedErrorsAreWithinTheBudget(string name, double budget)
    {
        const int Seeds = 6;
        var curve = KnownCurve.All.Single(curve => curve.Name == name);

        var runs = Enumerable.Range(0, Seeds).Select(seed => SimulatedScope.Run(curve, budget, 0.03, 4_000, seed, TestContext.Current.CancellationToken)).ToArray();

        Assert.All(runs, run => Assert.InRange(run.ExpectedWrong, 0, budget * run.Served));
        Assert.Equal(name == "easy", runs.All(run => run.Served > 400));
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public void Run_SameSeed_ServesTheSameOnEveryRunAndInstructionSet()
    {
        var curve = KnownCurve.All[0];

        var first = SimulatedScope.Run(curve, 0.05, 0.03, 2_000, 7, TestContext.Current.CancellationToken);

        Assert.Equal(first, SimulatedScope.Run(curve, 0.05, 0.03, 2_000, 7, TestContext.Current.CancellationToken));

        // Hundreds of decisions against a dozen cut-offs: the runs with fewer instructions have to take each of them alike.
        Assert.Equal(640, first.Served);
    }
}
