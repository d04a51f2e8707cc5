using RagCaching.Quality.Streams;

namespace RagCaching.Quality.Tests.Streams;

public sealed class StreamSummaryTests
{
    private static readonly StreamSummary Summary = new("error budget 2 %", 0.02,
        [
            new StreamResult(100, 50, 0, Audits: 1, Refused: 8, RefusedWrong: 6) { Asked = 200, FirstHit = 30, ServedBy = [100, 225, 350] },
            new StreamResult(100, 50, 2, Audits: 3, Refused: 12, RefusedWrong: 9) { Asked = 100, FirstHit = 70, ServedBy = [50, 225] },
        ]);

    [Fact]
    public void Row_TwoRuns_SaysWhatTheColumnsSay()
    {
        var row = StreamSummary.Columns(withGuard: true).Zip(Summary.Row(withGuard: true)).ToDictionary();

        Assert.Equal(("50.0 %", "52.0 %", "2.00 %", "4.00 %"), (row["hits"], row["hits and audits"], row["wrong / served"], row["worst run"]));
        Assert.Equal(("1 of 2", "0 of 2", "1.00 %"), (row["runs over"], row["silent"], row["wrong / all"]));
        Assert.StartsWith("2.00 % [0.24 %, 7.04 %]", row["all runs [95 %]"], StringComparison.Ordinal);
        Assert.Equal(("37.5 %", "70"), (row["model calls"], row["first hit"]));
        Assert.Equal("10", row["refused by guard"]);
        Assert.StartsWith("75.0 %", row["rightly refused"], StringComparison.Ordinal);
        Assert.Equal(StreamSummary.Columns(withGuard: false).Count, Summary.Row(withGuard: false).Length);
    }

    [Fact]
    public void Point_TwoRuns_HasBothIntervals()
    {
        var point = Summary.Point();

        Assert.Equal((2, 50, 50, 50), (point.X, point.Y, point.Low, point.High));
        Assert.InRange(point.Left, 0.2, 0.3);
        Assert.InRange(point.Right, 7, 7.1);
    }

    [Fact]
    public void LearningCurve_TwoRuns_GoesAsFarAsTheShorter()
    {
        var curve = Summary.LearningCurve();

        Assert.Equal([(250, 30, 20, 40), (500, 60, 50, 70)], curve.Select(point => (point.X, point.Y, point.Low, point.High)));
    }

    [Fact]
    public void FirstHit_HalfOfTheRunsAreSilent_IsNotGiven()
    {
        var summary = new StreamSummary("error budget 2 %", 0.02, [new StreamResult(10, 1, 0) { FirstHit = 3 }, new StreamResult(10, 0, 0)]);

        Assert.Equal("", StreamSummary.Columns(withGuard: false).Zip(summary.Row(withGuard: false)).ToDictionary()["first hit"]);
    }

    [Theory]
    [InlineData("error budget 2 %", "error budget")]
    [InlineData("vCache 1 % of all", "vCache")]
    [InlineData("threshold 0.80", "threshold")]
    public void Family_Policy_IsItsNameWithoutTheNumber(string policy, string family) => Assert.Equal(family, new StreamSummary(policy, null, []).Family);
}
