using CsCheck;

namespace RagCaching.Pipeline.Tests.Ingestion;

public sealed class TextChunkerTests
{
    [Fact]
    public void Cut_ShortText_IsOneChunk() => Assert.Equal(["A short text."], TextChunker.Cut("  A short text.\r\n"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n\t ")]
    public void Cut_Blank_IsNothing(string text) => Assert.Empty(TextChunker.Cut(text));

    [Fact]
    public void Cut_Paragraphs_EndsAtThem() =>
        Assert.Equal(["One one one one.", "Two two two."], TextChunker.Cut("One one one one.\n\nTwo two two.", maxLength: 25, overlap: 0));

    [Fact]
    public void Cut_LongParagraph_EndsAtSentences() =>
        Assert.Equal(["One one one one.", "Two two two.", "Three."], TextChunker.Cut("One one one one. Two two two. Three.", maxLength: 18, overlap: 0));

    [Fact]
    public void Cut_Overlap_RepeatsTheLastWords()
    {
        var chunks = TextChunker.Cut("alpha beta gamma delta epsilon zeta", maxLength: 20, overlap: 8);

        Assert.Equal("alpha beta gamma", chunks[0]);
        Assert.StartsWith("gamma delta", chunks[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_OneLongWord_NeverSplitsASurrogatePair()
    {
        var chunks = TextChunker.Cut(string.Concat(Enumerable.Repeat("😀", 20)), maxLength: 5, overlap: 0);

        Assert.All(chunks, chunk => Assert.True(chunk.Length % 2 == 0 && chunk.Length <= 5));
        Assert.Equal(40, chunks.Sum(chunk => chunk.Length));
    }

    [Fact]
    public void Cut_BadSizes_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => TextChunker.Cut(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextChunker.Cut("x", maxLength: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextChunker.Cut("x", maxLength: 10, overlap: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextChunker.Cut("x", maxLength: 10, overlap: 5));
    }

    [Fact]
    public void Cut_AnyText_KeepsEveryWordInOrderAndEveryLimit() =>
        Gen.Select(Gen.Char["ab .\n"].Array[0, 300].Select(characters => new string(characters)), Gen.Int[4, 60], Gen.Int[0, 10])
            .Where((_, length, overlap) => overlap < (length + 1) / 2)
            .Sample((text, length, overlap) =>
            {
                var chunks = TextChunker.Cut(text, length, overlap);

                Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, length));
                if (overlap == 0)
                {
                    Assert.Equal(WithoutSpace(text), WithoutSpace(string.Concat(chunks)));
                }
            });

    private static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
