using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Tests.Calibration;

public sealed class QuestionHalvesTests
{
    private static readonly Question[] Questions = [.. Enumerable.Range(0, 21).Select(i => new Question($"{i}", $"Question {i}?", [], []))];

    [Fact]
    public void Split_SameSeed_GivesSameHalves()
    {
        var (first, second) = (QuestionHalves.Split(Questions, seed: 3), QuestionHalves.Split(Questions, seed: 3));

        Assert.Equal(first.Chosen, second.Chosen);
        Assert.Equal(first.HeldOut, second.HeldOut);
    }

    [Fact]
    public void Split_OtherSeed_GivesOtherHalves() =>
        Assert.NotEqual(QuestionHalves.Split(Questions, seed: 3).Chosen, QuestionHalves.Split(Questions, seed: 4).Chosen);

    [Fact]
    public void Split_Questions_PutsEachIntoOneHalf()
    {
        var halves = QuestionHalves.Split(Questions, seed: 3);

        Assert.Equal((11, 10), (halves.Chosen.Count, halves.HeldOut.Count));
        Assert.Equal(Questions.Select(question => question.Id).Order(StringComparer.Ordinal), halves.Chosen.Concat(halves.HeldOut).Select(question => question.Id).Order(StringComparer.Ordinal));
    }
}
