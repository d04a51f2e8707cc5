using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class ExtractiveAnswererTests
{
    private const string Times =
        "[1] a.md\nThe cache / Times\nThe store keeps its entries. Answers stay valid for one day. Guards refuse what looks alike. Scopes are walls for answers. Nothing is lost on the way.\n\n";

    private const string Colours = "[2] b.md\nColours\nThe bars are painted in blue and green. Tables have no colour at all.\n\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswerAsync_Context_GivesHeadingAndTheSentencesAboutTheQuestion()
    {
        var answerer = new ExtractiveAnswerer(new TopicEncoder("answers", "valid", "blue"), leastConfidence: 0.5f);

        var answer = await answerer.AnswerAsync(Prompt(Colours + Times, "How long do answers stay valid?"), "", Cancel);

        Assert.Equal("The cache / Times: Answers stay valid for one day. Scopes are walls for answers.", answer);
    }

    [Fact]
    public async Task AnswerAsync_SentencesEquallyNear_GivesThreeInTheOrderOfThePage()
    {
        var answerer = new ExtractiveAnswerer(new TopicEncoder("page"), leastConfidence: 0.5f);

        var answer = await answerer.AnswerAsync(
            Prompt("[1] a.md\nAll\nThe first sentence of the page. The second one of the page. The third one of the page. The last one of the page.\n", "What says the page?"), "", Cancel);

        Assert.Equal("All: The first sentence of the page. The second one of the page. The third one of the page.", answer);
    }

    [Fact]
    public async Task AnswerAsync_SentenceThatLeansOnAnother_BringsItAlong()
    {
        var answerer = new ExtractiveAnswerer(new TopicEncoder("budget"), leastConfidence: 0.5f);

        var answer = await answerer.AnswerAsync(
            Prompt("[1] a.md\nStart\nThe sky is blue and wide. A scope starts without serving. It serves when the budget allows it. Trees are green.\n", "What does the budget allow?"), "", Cancel);

        Assert.Equal("Start: A scope starts without serving. It serves when the budget allows it.", answer);
    }

    [Fact]
    public async Task AnswerAsync_DocumentOfOneLine_HasNoHeading()
    {
        var answerer = new ExtractiveAnswerer(new TopicEncoder("desk"), leastConfidence: 0.5f);

        Assert.Equal("The support desk opens at nine.", await answerer.AnswerAsync(Prompt("[1] a.md\nThe support desk opens at nine.\n\n", "When does the desk open?"), "", Cancel));
    }

    [Fact]
    public async Task AnswerAsync_NoContext_SaysSo() => Assert.Equal(
        "The context does not answer this question.", await new ExtractiveAnswerer(new TopicEncoder("why"), leastConfidence: 0.5f).AnswerAsync("Why?", "", Cancel));

    [Fact]
    public async Task AnswerAsync_ToldHowToDecline_DeclinesWhatIsFarFromTheContext()
    {
        var answerer = new ExtractiveAnswerer(new TopicEncoder("bicycle", "valid"), leastConfidence: 0.5f);

        Assert.Equal(ExtractiveAnswerer.Decline, await answerer.AnswerAsync(Prompt(Times, "Which bicycle fits me?"), "Reply with NO_ANSWER.", Cancel));
        Assert.Contains("one day", await answerer.AnswerAsync(Prompt(Times, "How long are they valid?"), "Reply with NO_ANSWER.", Cancel), StringComparison.Ordinal);
        Assert.Contains("Times", await answerer.AnswerAsync(Prompt(Times, "Which bicycle fits me?"), "", Cancel), StringComparison.Ordinal);
    }

    private static string Prompt(string context, string question) => $"<context>\n{context}</context>\n{ExtractiveAnswerer.QuestionMark}{question}";
}
