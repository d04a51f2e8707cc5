using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets.Model;

public sealed class WordEvidenceTests
{
    // Counted by hand: "how", "do", "i" and "my" are function words, so the content words of the first question are cancel, lost, card and abroad.
    [Theory]
    [InlineData("How do I cancel my lost card abroad?", "cancel my card", "I lost my card", "card abroad", 0.75f, 0.5f)]
    [InlineData("How do I cancel my lost card abroad?", "cancel my card", "I lost my card", null, 0.75f, 0.75f)]
    [InlineData("How do I cancel my lost card abroad?", "transfer money", null, "cancel a lost card abroad", 0, 0)]
    [InlineData("cancel card", "cancel card", "card", "cancel", 1, 0.5f)]
    [InlineData("how do I", "cancel card", null, null, 0, 0)]
    public void Read_ContentWords_CountsThoseThatTheAnswersQuestionsHave(string question, string candidate, string? same, string? other, float covered, float own)
    {
        var evidence = Read(question, candidate, same, other);

        Assert.Equal(covered, evidence.Covered);
        Assert.Equal(own, evidence.Own);
    }

    // "abc" has the runs " ab", "abc" and "bc ": with "abd" (" ab", "abd", "bd ") it shares one of five, with "abcd" (" ab", "abc", "bcd", "cd ") two of five.
    [Theory]
    [InlineData("abc", "abd", null, null, 0.2f)]
    [InlineData("abc", "abd", "abcd", null, 0.4f)]
    [InlineData("abc", "abd", null, "abcd", -0.2f)]
    [InlineData("abc", "abc", "abd", "abcd", 0.6f)]
    [InlineData("abc", "xyz", null, "abc", -1)]
    public void Read_Trigrams_ComparesTheNearestOfEither(string question, string candidate, string? same, string? other, float margin) =>
        Assert.Equal(margin, Read(question, candidate, same, other).TrigramMargin, 1e-6);

    [Fact]
    public void Decide_NeighboursOfOtherGroups_AreEvidenceAgainstTheCandidate()
    {
        var at = DateTimeOffset.UnixEpoch;
        Neighbour[] neighbours =
        [
            new("cancel my card", "n", 1, 0.9f, at),
            new("card abroad", "n", 2, 0.8f, at),
            new("I lost my card", "n", 1, 0.7f, at),
        ];

        var features = FeatureReader.Read("How do I cancel my lost card abroad?", [1, 0], neighbours, 0, _ => null);

        Assert.Equal((0.75f, 0.5f), (features.CoveredContent, features.OwnContent));
        var raw = new double[MatchFeatures.Count];
        features.CopyTo(raw);
        Assert.Equal([features.CoveredContent, features.OwnContent, features.TrigramMargin], raw[^3..]);
    }

    private static QuestionWords.Evidence Read(string question, string candidate, string? same, string? other)
    {
        (string? Text, bool HasAnswer)[] neighbours = [(other, false), (candidate, true), (same, true)];
        var asked = Array.FindAll(neighbours, neighbour => neighbour.Text is not null);
        return QuestionWords.Evidence.Read(new QuestionWords(question), Array.ConvertAll(asked, neighbour => new QuestionWords(neighbour.Text!)), Array.ConvertAll(asked, neighbour => neighbour.HasAnswer));
    }
}
