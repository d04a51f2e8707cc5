using RagCaching.Quality.Streams;

namespace RagCaching.Quality.Tests.Streams;

public sealed class StreamSummaryTests
{
    private static readonly StreamSummary Summary = new("error budget 2 %", 0.02,
        [new StreamResult(100, 50, 0, Audits: 1, Refused: 8, RefusedWrong: 6), new StreamResult(100, 50, 2, Audits: 3, Refused: 12, RefusedWrong: 9)]);

    [Fact]
    public void Row_TwoRuns_SaysWhatTheColumnsSay()
    {
        var row = StreamSummary.Columns(withGuard: true).Zip(Summary.Row(withGuard: true)).ToDictionary();

        Assert.Equal(("50.0 %", "52.0 %", "2.00 %", "4.00 %"), (row["hits"], row["hits and audits"], row["wrong / served"], row["worst run"]));
        Assert.Equal(("1 of 2", "0 of 2", "1.00 %"), (row["runs over"], row["silent"], row["wrong / all"]));
        Assert.StartsWith("2.00 % [0.24 %, 7.04 %]", row["all runs [95 %]"], StringComparison.Ordinal);
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

    [Theory]
    [InlineData("error budget 2 %", "error budget")]
    [InlineData("vCache 1 % of all", "vCache")]
    [InlineData("threshold 0.80", "threshold")]
    public void Family_Policy_IsItsNameWithoutTheNumber(string policy, string family) => Assert.Equal(family, new StreamSummary(policy, null, []).Family);
}
