using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Tests.Traffic;

public sealed class TrafficPlanTests
{
    private static readonly QuestionSet Questions = QuestionSet.Load(Path.Combine(AppContext.BaseDirectory, "Questions", "questions.json"));

    [Fact]
    public void Create_SameSeed_GivesSameTraffic() =>
        Assert.Equal(TrafficPlan.Create(Questions, 200, seed: 5), TrafficPlan.Create(Questions, 200, seed: 5));

    [Fact]
    public void Create_OtherSeed_GivesOtherTraffic() =>
        Assert.NotEqual(TrafficPlan.Create(Questions, 200, seed: 5), TrafficPlan.Create(Questions, 200, seed: 6));

    [Fact]
    public void Load_Questions_HaveRewordingsAndLookAlikesWithOtherAnswers()
    {
        Assert.True(Questions.Questions.Count >= 40, $"There are {Questions.Questions.Count} questions.");
        Assert.All(Questions.Questions, question =>
        {
            Assert.True(question.Rewordings.Count >= 3, question.Text);
            Assert.NotEmpty(question.LookAlikes);
            Assert.All(question.LookAlikes, lookAlike => Assert.NotEqual(question.Id, lookAlike.Answer));
        });
    }

    [Fact]
    public void Questions_TextTwice_IsRefusedByName()
    {
        Question[] questions = [new("a", "Why?", [], []), new("b", "Why?", [], [])];

        var exception = Assert.Throws<LabException>(() => new QuestionSet(questions));

        Assert.Contains("'Why?'", exception.Message, StringComparison.Ordinal);
    }
}
