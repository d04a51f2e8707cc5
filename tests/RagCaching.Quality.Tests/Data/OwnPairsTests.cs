using RagCaching.Quality.Data;

namespace RagCaching.Quality.Tests.Data;

/// <summary>The lexical guard on the pairs that were written for this repository; the floors are what it reached when they were written.</summary>
public sealed class OwnPairsTests
{
    private static readonly IReadOnlyList<LabelledPair> Pairs = PairInput.Read(Path.Combine(AppContext.BaseDirectory, "pairs.csv")).Pairs;

    [Fact]
    public void Pairs_AreManyAndDistinct()
    {
        Assert.InRange(Pairs.Count, 200, 1_000);
        Assert.Equal(Pairs.Count, Pairs.Select(pair => (pair.Question, pair.Candidate)).Distinct().Count());
    }

    [Theory]
    [InlineData("negation", 0.85)]
    [InlineData("opposite", 0.95)]
    [InlineData("number", 1)]
    [InlineData("unit", 0.85)]
    [InlineData("version", 0.8)]
    [InlineData("date", 1)]
    [InlineData("code", 0.9)]
    [InlineData("name", 1)]
    [InlineData("direction", 0.9)]
    [InlineData("asked", 0.85)]
    [InlineData("person", 0.8)]
    [InlineData("and or", 1)]
    [InlineData("time of verb", 1)]
    public void LexicalGuard_WrongPairsOfARow_AreStopped(string kind, double atLeast) => Assert.InRange(StoppedShare(pair => pair.Kind == kind && !pair.IsRight), atLeast, 1);

    [Fact]
    public void LexicalGuard_RightPairs_Pass() => Assert.InRange(StoppedShare(pair => pair.IsRight), 0, 0.05);

    private static double StoppedShare(Func<LabelledPair, bool> isCounted)
    {
        var guard = new LexicalGuard();
        var counted = Pairs.Where(isCounted).ToArray();
        Assert.NotEmpty(counted);
        return counted.Count(pair => !guard.Allows(pair.Question, pair.Candidate)) / (double)counted.Length;
    }
}
