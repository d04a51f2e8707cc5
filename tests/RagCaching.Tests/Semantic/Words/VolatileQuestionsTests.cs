using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Words;

namespace RagCaching.Tests.Semantic.Words;

public sealed class VolatileQuestionsTests
{
    private const double LeastRecognised = 0.95;
    private const double MostMistaken = 0.02;
    private const int UnseenRecognised = 75;
    private const int UnseenMistaken = 2;

    private static readonly VolatileQuestions Rule = new(TimeWords.Phrases, TimeWords.Exceptions);

    [Fact]
    public void Includes_ThreeHundredVolatileQuestionsInTenLanguages_NearlyAll()
    {
        var questions = QuestionFile.Ten.SelectMany(language => QuestionFile.Read(language).Volatile.Select((question, i) => (question, IsHeldOut: QuestionFile.IsHeldOut(i)))).ToArray();

        Assert.Equal(300, questions.Length);
        AssertShare(questions.Select(question => question.question), LeastRecognised);
        AssertShare(questions.Where(question => question.IsHeldOut).Select(question => question.question), LeastRecognised);
    }

    [Fact]
    public void Includes_AThousandStableQuestionsInTenLanguages_HardlyAny()
    {
        var questions = QuestionFile.Ten.SelectMany(language => QuestionFile.Read(language).Stable.Select((question, i) => (question, IsHeldOut: QuestionFile.IsHeldOut(i)))).ToArray();

        Assert.Equal(1_000, questions.Length);
        Assert.Equal(questions.Length, questions.Select(question => question.question).Distinct().Count());
        AssertMistakes(questions.Select(question => question.question));
        AssertMistakes(questions.Where(question => question.IsHeldOut).Select(question => question.question));
    }

    [Fact]
    public void Includes_QuestionsWrittenLaterThatGotWords_NearlyAll() => AssertShare(QuestionFile.All.SelectMany(language => QuestionFile.Read(language).Later), LeastRecognised);

    /// <summary>What words cannot know: nothing was changed for these questions, and the numbers are those in docs/lifetimes.md.</summary>
    [Fact]
    public void Includes_QuestionsThatNoWordWasWrittenFor_AsManyAsTheDocumentsSay()
    {
        string[] changing = [.. QuestionFile.All.SelectMany(language => QuestionFile.Read(language).Unseen)];
        string[] stable = [.. QuestionFile.All.SelectMany(language => QuestionFile.Read(language).UnseenStable)];

        Assert.Equal((120, UnseenRecognised), (changing.Length, changing.Count(Rule.Includes)));
        Assert.Equal((120, UnseenMistaken), (stable.Length, stable.Count(Rule.Includes)));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("ja")]
    public void Includes_OtherLanguages_AsWell(string language)
    {
        var file = QuestionFile.Read(language);

        AssertShare(file.Volatile, 0.9);
        AssertMistakes(file.Stable, 0.05);
    }

    [Theory]
    [InlineData("ar")]
    [InlineData("bn")]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("hi")]
    [InlineData("id")]
    [InlineData("pt")]
    [InlineData("ru")]
    [InlineData("zh")]
    public void Includes_EachOfTheTenLanguages_MostVolatileQuestions(string language) => AssertShare(QuestionFile.Read(language).Volatile, 0.9);

    [Theory]
    [InlineData("Is the shop open?", true)]
    [InlineData("How do I see whether the shop is open?", false)]
    [InlineData("How do I find out the opening hours?", true)]
    [InlineData("What is a price index?", false)]
    [InlineData("WHERE IS MY ORDER", true)]
    [InlineData("Who pays my orderly?", false)]
    [InlineData("", false)]
    public void Includes_StateAndMethod_AreToldApart(string question, bool expected) => Assert.Equal(expected, Rule.Includes(question));

    [Fact]
    public void Includes_AnyQuestion_AllocatesNothing()
    {
        const int Rounds = 100;
        const string Question = "How does the immune system of a whale work, and why is it important for medicine?";
        Rule.Includes(Question);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            Rule.Includes(Question);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertShare(IEnumerable<string> questions, double least)
    {
        var all = questions.ToArray();
        var missed = all.Where(question => !Rule.Includes(question)).ToArray();
        Assert.True(all.Length - missed.Length >= least * all.Length, $"{missed.Length} of {all.Length} were not recognised:\n{string.Join('\n', missed)}");
    }

    private static void AssertMistakes(IEnumerable<string> questions, double most = MostMistaken)
    {
        var all = questions.ToArray();
        var mistaken = all.Where(Rule.Includes).ToArray();
        Assert.True(mistaken.Length <= most * all.Length, $"{mistaken.Length} of {all.Length} were taken for volatile:\n{string.Join('\n', mistaken)}");
    }
}
