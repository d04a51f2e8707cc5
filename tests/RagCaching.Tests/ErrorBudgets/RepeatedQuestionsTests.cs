using RagCaching.ErrorBudgets.Repeats;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class RepeatedQuestionsTests
{
    private const string Question = "a popular question";
    private const int ManyTimes = 400;

    [Fact]
    public async Task GetOrCreate_PopularQuestionServedWrongly_IsCheckedAndThenHasItsOwnAnswer()
    {
        using var budget = await ServingAsync();
        var (wrong, last) = await AskAsync(budget, "its own answer");

        Assert.InRange(wrong, 1, 100);
        Assert.Equal((SemanticCacheOutcome.ExactHit, "its own answer"), (last.Outcome, last.Response!.Text));
        Assert.Equal(0, budget.Statistics.Audits);
    }

    [Fact]
    public async Task GetOrCreate_PopularQuestionServedRightly_IsCheckedOnceAndServedWithoutEmbeddingFromThenOn()
    {
        using var budget = await ServingAsync();
        var written = Written(budget);
        var (wrong, last) = await AskAsync(budget, "answer 0");
        var embedded = budget.Fixture.Generator.Calls;

        var again = await AskOnceAsync(budget, "another answer");

        Assert.Equal(0, wrong);
        Assert.Equal((SemanticCacheOutcome.SemanticHit, "answer 0"), (last.Outcome, last.Response!.Text));
        Assert.Equal((SemanticCacheOutcome.SemanticHit, last.EntryId), (again.Outcome, again.EntryId));
        Assert.Equal(embedded, budget.Fixture.Generator.Calls);
        Assert.Equal(written, Written(budget));
    }

    [Fact]
    public async Task GetOrCreate_AnswerFoundTheSame_IsCountedAsNotStored()
    {
        using var budget = await ServingAsync();
        using var refusals = budget.Fixture.Counter("ragcaching.cache.refusals");

        await AskAsync(budget, "answer 0");

        Assert.Equal("Known", Assert.Single(refusals.GetMeasurementSnapshot()).Tags["ragcaching.cache.refusal.reason"]);
    }

    [Fact]
    public async Task GetOrCreate_ConfirmedAnswerIsRemoved_IsNotServedAnyMore()
    {
        using var budget = await ServingAsync();
        var (_, last) = await AskAsync(budget, "answer 0");

        await budget.Cache.RemoveAsync(last.EntryId!, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEqual(last.EntryId, (await AskOnceAsync(budget, "a new answer")).EntryId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrCreate_NothingKnownOfTheModelOrNoAudits_ChecksNothing(bool hasPrior)
    {
        using var budget = await ServingAsync(options =>
        {
            options.AuditRate = hasPrior ? 0 : 0.03;
            options.UsePrior(hasPrior ? ErrorBudgetPrior.For("all-minilm")! : ErrorBudgetPrior.None);
        });

        for (var i = 0; i < ManyTimes; i++)
        {
            Assert.NotEqual(SemanticCacheReason.Audit, (await AskOnceAsync(budget, "its own answer")).Reason);
        }
    }

    [Fact]
    public async Task GetOrCreate_Shadow_StoresEveryNewAnswer()
    {
        using var budget = await ServingAsync(configureCache: options => options.Shadow.Enabled = true);
        var written = Written(budget);

        var (_, last) = await AskAsync(budget, "answer 0");

        Assert.NotEqual(SemanticCacheOutcome.SemanticHit, last.Outcome);
        Assert.True(Written(budget) > written);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1_050, 3)]
    [InlineData(2_800, 8)]
    [InlineData(4_900, 14)]
    [InlineData(1_000_000, 14)]
    public void QuestionRisk_ScopeServedMore_MayReachMoreBudgetsUpToFourteen(long served, double budgets)
    {
        var risk = QuestionRisk.Of(wrong: 0.01, maxErrorRate: 0.02, served);

        Assert.Equal(0.01, risk.Added);
        Assert.Equal(budgets * 0.02, risk.Largest, 12);
    }

    [Fact]
    public void QuestionRisk_LabelsShowTheCurveToBeFarTooKind_AddsOneAtMost() => Assert.Equal(1, QuestionRisk.Of(wrong: 3, maxErrorRate: 0.02, served: 0).Added);

    [Fact]
    public void QuestionRisk_CurveIsSure_AddsAQuarterOfTheBudgetAtLeast() => Assert.Equal(0.005, QuestionRisk.Of(wrong: 1e-9, maxErrorRate: 0.02, served: 0).Added);

    [Theory]
    [InlineData(0.2, 0, false)]
    [InlineData(0.02, 0.03, false)]
    [InlineData(0.02, 0.04, true)]
    [InlineData(0.2, 0.01, true)]
    public void QuestionRisk_Servings_AreTooMuchWhereTheSumReachesTheLargestAndNotAtTheFirst(double added, double sum, bool isTooMuch) =>
        Assert.Equal(isTooMuch, new QuestionRisk(added, Largest: 0.06).IsTooMuchAfter(sum));

    /// <summary>Makes a scope that starts from a prior, serves, and holds the answer to a topic that the popular question is near.</summary>
    private static async Task<BudgetFixture> ServingAsync(Action<ErrorBudgetOptions>? configure = null, Action<SemanticCacheOptions>? configureCache = null)
    {
        var budget = new BudgetFixture(
            options =>
            {
                options.UsePrior(ErrorBudgetPrior.For("all-minilm")!);
                configure?.Invoke(options);
            },
            configureCache);
        await budget.LearnAsync();
        budget.Fixture.NearMeaning(Question, "topic0", 0.05f);
        return budget;
    }

    /// <summary>Asks the popular question many times.</summary>
    /// <returns>How many answers were another one than the right one, and the last result.</returns>
    private static async Task<(int Wrong, SemanticCacheResult Last)> AskAsync(BudgetFixture budget, string right)
    {
        var wrong = 0;
        SemanticCacheResult? last = null;
        for (var i = 0; i < ManyTimes; i++)
        {
            last = await AskOnceAsync(budget, right);
            wrong += last.Response!.Text == right ? 0 : 1;
        }

        return (wrong, last!);
    }

    private static async Task<SemanticCacheResult> AskOnceAsync(BudgetFixture budget, string answer) => await budget.Cache.GetOrCreateAsync(
        Question, _ => Task.FromResult(CacheFixture.Answer(answer)), TestContext.Current.CancellationToken);

    private static int Written(BudgetFixture budget) => budget.Fixture.Store.Written.Count(entry => entry.Vector.Length > 0);
}
