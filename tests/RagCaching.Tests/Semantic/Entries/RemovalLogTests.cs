using RagCaching.Semantic.Entries;

namespace RagCaching.Tests.Semantic.Entries;

public sealed class RemovalLogTests
{
    private const int Remembered = 64;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RemovalLog _log = new();

    [Fact]
    public void Covers_RemovalFromBefore_DoesNotCount()
    {
        _log.Add(["a"], createdBefore: null);

        Assert.False(_log.Covers(["a"], Noon, _log.Now));
    }

    [Theory]
    [InlineData("", "x", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "a,b", true)]
    [InlineData("a,b", "b,c,a", true)]
    [InlineData("a,b", "a", false)]
    [InlineData("a,b", "b,c", false)]
    [InlineData("a", "A", false)]
    public void Covers_LabelsOfARemoval_AllMustBeThere(string removed, string labels, bool isCovered)
    {
        var since = _log.Now;
        _log.Add(removed.Split(',', StringSplitOptions.RemoveEmptyEntries), createdBefore: null);

        Assert.Equal(isCovered, _log.Covers(labels.Split(','), Noon, since));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Covers_CreatedBefore_OnlyWhatIsOlder(int ticks, bool isCovered)
    {
        var since = _log.Now;
        _log.Add(["a"], Noon);

        Assert.Equal(isCovered, _log.Covers(["a"], Noon.AddTicks(ticks), since));
    }

    [Fact]
    public void Covers_MoreRemovalsThanItRemembers_TakesTheCautiousView()
    {
        var since = _log.Now;
        for (var i = 0; i < Remembered; i++)
        {
            _log.Add(["other"], createdBefore: null);
        }

        Assert.False(_log.Covers(["mine"], Noon, since));
        _log.Add(["other"], createdBefore: null);

        Assert.True(_log.Covers(["mine"], Noon, since));
        Assert.False(_log.Covers(["mine"], Noon, since + 1));
    }
}
