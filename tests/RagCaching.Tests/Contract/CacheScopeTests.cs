namespace RagCaching.Tests.Contract;

public sealed class CacheScopeTests
{
    [Fact]
    public void Equals_ComparesPartByPart()
    {
        Assert.Equal(CacheScope.For("a", "b"), CacheScope.For("a", "b"));
        Assert.Equal(CacheScope.For("a", "b").GetHashCode(), CacheScope.For("a", "b").GetHashCode());
        Assert.NotEqual(CacheScope.For("a", "b"), CacheScope.For("ab"));
        Assert.NotEqual(CacheScope.For("a", "b"), CacheScope.For("b", "a"));
        Assert.NotEqual(CacheScope.For("a"), CacheScope.Shared);
        Assert.False(CacheScope.For("a").Equals((object)"a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void For_BlankPart_Throws(string? part)
    {
        var exception = Assert.Throws<ArgumentException>(() => CacheScope.For("tenant", part!));

        Assert.Contains("Part 1", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_NoPart_ThrowsAndNamesTheSharedScope()
    {
        var exception = Assert.Throws<ArgumentException>(() => CacheScope.For());

        Assert.Contains("CacheScope.Shared", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_NeverShowsTheParts()
    {
        Assert.DoesNotContain("tenant", CacheScope.For("tenant").ToString(), StringComparison.Ordinal);
    }
}
