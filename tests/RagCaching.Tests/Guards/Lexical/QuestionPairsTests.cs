namespace RagCaching.Tests.Guards.Lexical;

/// <summary>The labelled pairs of question-pairs.tsv, whose kinds come from reports about other caches.</summary>
public sealed class QuestionPairsTests(ITestOutputHelper output)
{
    private static readonly LexicalGuard Guard = new();

    [Fact]
    public void Allows_QuestionPairs_DecidesNinetySevenPercentAsLabelled() =>
        Assert.InRange(Share(LabelledPairs.Read("question-pairs.tsv")), 0.97, 1);

    [Fact]
    public void Allows_EveryKindOfQuestionPairs_DecidesNinetyPercentAsLabelled() =>
        Assert.All(LabelledPairs.Read("question-pairs.tsv").GroupBy(pair => pair.Kind), kind =>
        {
            output.WriteLine($"{kind.Key}: {Share(kind):0.000} of {kind.Count()}");
            Assert.InRange(Share(kind), 0.9, 1);
        });

    [Fact]
    public void Allows_QuestionPairs_DecidesTheSameBothWays() =>
        Assert.All(LabelledPairs.Read("question-pairs.tsv"), pair => Assert.Equal(Guard.Allows(pair.Question, pair.Candidate), Guard.Allows(pair.Candidate, pair.Question)));

    private static double Share(IEnumerable<(string Kind, bool IsRight, string Question, string Candidate)> pairs) =>
        pairs.Average(pair => Guard.Allows(pair.Question, pair.Candidate) == pair.IsRight ? 1.0 : 0.0);
}
