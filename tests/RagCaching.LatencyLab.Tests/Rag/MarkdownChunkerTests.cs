using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Tests.Rag;

public sealed class MarkdownChunkerTests
{
    [Fact]
    public void Chunk_Headings_AreKeptAsPath()
    {
        var chunks = MarkdownChunker.Chunk("a.md", "# One\n\nfirst\n\n## Two\n\nsecond\n\n# Three\n\nthird\n");

        Assert.Equal([("One", "first"), ("One / Two", "second"), ("Three", "third")], chunks.Select(chunk => (chunk.Heading, chunk.Text)));
    }

    [Fact]
    public void Chunk_HashInCode_IsNoHeading()
    {
        var chunk = Assert.Single(MarkdownChunker.Chunk("a.md", "# One\n```\n# not a heading\n```\n"));

        Assert.Equal("```\n# not a heading\n```", chunk.Text);
    }
}
