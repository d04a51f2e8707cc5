using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

/// <summary>Where more than the two questions decides, a close question waits for no other: its answer's group or text is not known yet.</summary>
public sealed class NoSemanticJoinTests
{
    private const string First = "How do I reset my password?";
    private const string Second = "How can I reset my password?";

    [Theory]
    [InlineData("budget")]
    [InlineData("shadow")]
    [InlineData("verifier")]
    public async Task Whole_CloseQuestionInFlight_AsksForItself(string reason)
    {
        using var fixture = new CacheFixture(options =>
        {
            options.ErrorBudget = reason == "budget" ? new ErrorBudgetOptions() : null;
            options.Shadow.Enabled = reason == "shadow";
        });
        if (reason == "verifier")
        {
            fixture.Verifiers.Add(new TestVerifier((_, _) => new(true)));
        }

        fixture.SameMeaning(First, Second);
        var model = new ModelDouble();
        var first = fixture.Cache.GetOrCreateAsync(First, (_, token) => model.AnswerAsync(token), TestContext.Current.CancellationToken).AsTask();
        await model.Started(1);
        var second = fixture.Cache.GetOrCreateAsync(Second, (_, token) => model.AnswerAsync(token), TestContext.Current.CancellationToken).AsTask();
        await model.Started(2);
        model.Answer(0, "one");
        model.Answer(1, "two");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheOutcome.Miss), ((await first).Outcome, (await second).Outcome));
    }

    [Fact]
    public async Task Whole_SameQuestionInFlightUnderABudget_IsShared()
    {
        using var fixture = new CacheFixture(options => options.ErrorBudget = new ErrorBudgetOptions());
        var model = new ModelDouble();
        var first = fixture.Cache.GetOrCreateAsync(First, (_, token) => model.AnswerAsync(token), TestContext.Current.CancellationToken).AsTask();
        await model.Started(1);
        var second = fixture.Cache.GetOrCreateAsync(First, (_, token) => model.AnswerAsync(token), TestContext.Current.CancellationToken).AsTask();
        model.Answer(0, "one");
        await first;

        Assert.Equal(SemanticCacheOutcome.Joined, (await second).Outcome);
        Assert.Equal(1, model.Calls);
    }
}
