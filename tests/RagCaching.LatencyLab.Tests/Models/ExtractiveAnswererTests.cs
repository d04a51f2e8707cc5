using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Rag;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class ExtractiveAnswererTests
{
    [Fact]
    public void Answer_Context_PicksTheSentenceAboutTheQuestion()
    {
        var chunk = new DocumentChunk(
            "a.md", "Times", "The store keeps its entries. Answers stay valid for a day. Guards refuse a match. Scopes are a wall. Nothing is lost on the way.");

        var answer = ExtractiveAnswerer.Answer(Prompt.Write("How long do answers stay valid?", [chunk])[^1].Text);

        Assert.Contains("Answers stay valid for a day.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_NoContext_SaysSo() =>
        Assert.Equal("The context does not answer this question.", ExtractiveAnswerer.Answer(Prompt.Write("Why?", [])[^1].Text));
}
