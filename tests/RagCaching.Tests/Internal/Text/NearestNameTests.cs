using RagCaching.Internal.Text;

namespace RagCaching.Tests.Internal.Text;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["TimeToLive", "MinimumSimilarity", "Enabled", "Limits", "Shadow"];

    [Theory]
    [InlineData("TimeToLiv", "TimeToLive")]
    [InlineData("timetolive", "TimeToLive")]
    [InlineData("TimeToLvie", "TimeToLive")]
    [InlineData("MinSimilarity", "MinimumSimilarity")]
    [InlineData("Enabeld", "Enabled")]
    [InlineData("Limit", "Limits")]
    [InlineData("", null)]
    [InlineData("Colour", null)]
    [InlineData("Similarity", null)]
    public void Of_AName_IsTheOneWithTheFewestChanges(string name, string? expected) => Assert.Equal(expected, NearestName.Of(name, Names));

    [Fact]
    public void Of_EqualDistances_IsTheFirst() => Assert.Equal("cat", NearestName.Of("cap", ["cat", "car"]));

    [Fact]
    public void Of_ALongText_IsNoName() => Assert.Null(NearestName.Of(new string('a', 100_000), [new string('a', 100_000)]));

    [Fact]
    public void Hint_NothingNear_IsEmpty() => Assert.Equal("", NearestName.Hint("Colour", Names));
}
