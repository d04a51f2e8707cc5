using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class ExtractiveAnswererTests
{
    private const string Context =
        "<context>\n[1] a.md\nTimes\nThe store keeps its entries. Answers stay valid for a day. Guards refuse a match. Scopes are a wall. Nothing is lost on the way.\n\n</context>\n";

    [Fact]
    public void Answer_Context_PicksTheSentenceAboutTheQuestion() => Assert.Contains(
        "Answers stay valid for a day.", ExtractiveAnswerer.Answer(Context + ExtractiveAnswerer.QuestionMark + "How long do answers stay valid?"), StringComparison.Ordinal);

    [Fact]
    public void Answer_NoContext_SaysSo() => Assert.Equal("The context does not answer this question.", ExtractiveAnswerer.Answer("Why?"));

    [Fact]
    public void Answer_ToldHowToDecline_DeclinesWhatIsFarFromTheContext()
    {
        Assert.Equal("NO_ANSWER", ExtractiveAnswerer.Answer(Context + ExtractiveAnswerer.QuestionMark + "Which bicycle fits me?", "Reply with NO_ANSWER."));
        Assert.Contains("a day", ExtractiveAnswerer.Answer(Context + ExtractiveAnswerer.QuestionMark + "How long do answers stay valid?", "Reply with NO_ANSWER."), StringComparison.Ordinal);
    }
}
