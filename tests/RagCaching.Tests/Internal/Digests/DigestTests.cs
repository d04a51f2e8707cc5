using RagCaching.Internal.Digests;

namespace RagCaching.Tests.Internal.Digests;

public sealed class DigestTests
{
    [Fact]
    public void TryParseShort_OfWhatWasWritten_ReadsIt()
    {
        var text = new DigestBuilder(stackalloc byte[64], "test").Complete([1]).ToShortText();

        Assert.True(Digest.TryParseShort(text, out var digest));
        Assert.Equal(text, digest.ToShortText());
    }

    // Stores hand out whatever they have.
    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA?")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAÄA")]
    public void TryParseShort_OfAnythingElse_SaysNo(string text)
    {
        Assert.False(Digest.TryParseShort(text, out var digest));
        Assert.Equal(default, digest);
    }
}
