using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Tests.Collections;

public sealed class ShelfNameTests
{
    [Theory]
    [InlineData("ragcachingd384", 384, null)]
    [InlineData("ragcachingd0", 0, null)]
    [InlineData("ragcachingd3p0123456789abcdef01234567", 3, "0123456789abcdef01234567")]
    public void TryParse_OwnName_ReadsIt(string text, int dimensions, string? partition)
    {
        var name = ShelfName.TryParse("ragcaching", text);

        Assert.Equal(new ShelfName(dimensions, partition), name);
        Assert.Equal(text, name!.Value.ToText("ragcaching"));
    }

    [Theory]
    [InlineData("ragcaching")]
    [InlineData("ragcachingd")]
    [InlineData("ragcachingd03")]
    [InlineData("ragcachingd+3")]
    [InlineData("ragcachingd3p")]
    [InlineData("ragcachingd3p0123456789ABCDEF01234567")]
    [InlineData("ragcaching2d3")]
    [InlineData("otherd3")]
    public void TryParse_NameOfSomethingElse_IsLeftAlone(string text) => Assert.Null(ShelfName.TryParse("ragcaching", text));

    [Fact]
    public void ToText_LongestNames_FitIntoAnIdentifierOfPostgres() =>
        Assert.InRange(new ShelfName(65_536, ShelfName.Shorten(EntryNames.OfPartition("p"))).ToText(new string('c', 24)).Length, 1, 63);
}
