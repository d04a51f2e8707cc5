using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class ErrorBudgetTests
{
    [Fact]
    public async Task GetOrCreate_NewScope_DecidesWithoutServing()
    {
        using var budget = new BudgetFixture();

        for (var i = 0; i < 60; i++)
        {
            var (result, _) = await budget.AskAsync(noise: 0.1f);
            Assert.Equal(SemanticCacheOutcome.Miss, result.Outcome);
        }

        Assert.False(budget.Statistics.IsServing);
        Assert.InRange(budget.Statistics.Labels, 30, 60);
        Assert.Equal(0, budget.Statistics.Served);
    }

    [Fact]
    public async Task GetOrCreate_AfterLearning_ServesWithinTheBudget()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        var (served, wrong) = (0, 0);

        for (var i = 0; i < 400; i++)
        {
            var (result, right) = await budget.AskAsync();
            served += result.IsHit ? 1 : 0;
            wrong += result.Response!.Text == right ? 0 : 1;
        }

        Assert.InRange(served, 200, 400);
        Assert.InRange(wrong, 0, served * 0.05);
        Assert.Equal(0, budget.Statistics.Audits);
        Assert.Equal(1, budget.Statistics.ErrorRateUpper);
    }

    [Fact]
    public async Task GetOrCreate_WouldBeHitDrawn_RunsTheCallersOwnFactoryAndCounts()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        using var audits = budget.Fixture.Counter("ragcaching.cache.audits");
        budget.Fixture.Draw = () => 0;

        SemanticCacheResult result;
        string right;
        do
        {
            (result, right) = await budget.AskAsync(noise: 0.05f);
        }
        while (result.Reason != SemanticCacheReason.Audit);

        Assert.Equal((SemanticCacheOutcome.Miss, right), (result.Outcome, result.Response!.Text));
        Assert.Equal(1, budget.Statistics.Audits);
        Assert.Equal(0, budget.Statistics.WrongAudits);
        Assert.InRange(budget.Statistics.ErrorRateUpper, 0.05, 0.99);
        Assert.Equal("Same", Assert.Single(audits.GetMeasurementSnapshot()).Tags["ragcaching.cache.comparison"]);
    }

    [Fact]
    public async Task GetOrCreate_AuditRateZero_NeverAudits()
    {
        using var budget = new BudgetFixture(options => options.AuditRate = 0);
        await budget.LearnAsync();
        budget.Fixture.Draw = () => 0;

        for (var i = 0; i < 50; i++)
        {
            await budget.AskAsync(noise: 0.05f);
        }

        Assert.Equal(0, budget.Statistics.Audits);
    }

    [Fact]
    public async Task GetOrCreate_AnswersChange_AuditsStopTheScope()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        using var trips = budget.Fixture.Counter("ragcaching.cache.budget.trips");
        var changes = 0;
        budget.AnswerOf = topic => $"changed {topic}/{changes++}";
        budget.Fixture.Draw = () => 0;

        for (var i = 0; i < 200 && budget.Statistics.IsServing; i++)
        {
            await budget.AskAsync(noise: 0.05f);
        }

        // Every audit is wrong, so a handful is enough; what was found wrong is not served again.
        Assert.Equal(1, budget.Statistics.BreakerTrips);
        Assert.InRange(budget.Statistics.WrongAudits, 2, 20);
        Assert.Single(trips.GetMeasurementSnapshot());
        Assert.NotEqual(SemanticCacheOutcome.SemanticHit, (await budget.AskAsync(noise: 0.05f)).Result.Outcome);
    }

    [Fact]
    public async Task GetOrCreate_SurprisingAnswer_DropsTheOldOneAndDoubtsItsGroup()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        budget.AnswerOf = topic => $"changed {topic}";
        budget.Fixture.Draw = () => 0;
        SemanticCacheResult audited;
        do
        {
            (audited, _) = await budget.AskAsync(noise: 0.05f);
        }
        while (audited.Reason != SemanticCacheReason.Audit);
        budget.Fixture.Draw = () => 1;
        var topic = audited.Response!.Text["changed ".Length..];

        var wrong = 0;
        for (var i = 0; i < 200; i++)
        {
            var (result, right) = await budget.AskAsync(noise: 0.05f);
            wrong += right == $"changed {topic}" && result.Response!.Text != right ? 1 : 0;
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task GetOrCreate_ComparerThrows_LabelsNothingAndServesNothing()
    {
        using var failing = new BudgetFixture();
        failing.Comparer.Compare = (_, _, _) => throw new InvalidCastException("broken");

        for (var i = 0; i < 300; i++)
        {
            var (result, right) = await failing.AskAsync(noise: 0.1f);
            Assert.Equal(right, result.Response!.Text);
        }

        Assert.Equal(0, failing.Statistics.Labels);
        Assert.Equal(0, failing.Statistics.Served);
        Assert.True(failing.Cache.GetStatistics().Comparisons > 0);
    }

    [Fact]
    public async Task GetOrCreate_ComparerTakesTooLong_TheCallerHasItsAnswer()
    {
        using var budget = new BudgetFixture();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await budget.Fixture.Cache.GetOrCreateAsync(budget.NewQuestion(), _ => Task.FromResult(CacheFixture.Answer("stored")), TestContext.Current.CancellationToken);
        budget.Comparer.Compare = async (_, _, token) =>
        {
            entered.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return AnswerComparison.Same;
        };

        var asking = Task.Run(() => budget.Fixture.Cache.GetOrCreateAsync(budget.NewQuestion(), _ => Task.FromResult(CacheFixture.Answer("fresh"))).AsTask());
        await entered.Task;
        await Eventually.HoldsAsync(() => asking.IsCompleted, "The end of the call", () => budget.Fixture.Time.Advance(TimeSpan.FromSeconds(10)));

        Assert.Equal("fresh", (await asking).Response!.Text);
        Assert.Equal(0, budget.Statistics.Labels);
    }

    [Theory]
    [InlineData(0.6f, 1)]
    [InlineData(4f, 0)]
    public async Task GetOrCreate_NearestBelowTheFloor_ComparesNothing(float noise, int comparisons)
    {
        using var fixture = new CacheFixture(options => options.ErrorBudget = new ErrorBudgetOptions());
        fixture.Comparer = new TestComparer();
        fixture.NearMeaning("b", "a", noise);

        await fixture.AskAsync("a");
        await fixture.AskAsync("b");

        Assert.Equal(comparisons, ((TestComparer)fixture.Comparer).Calls);
    }

    [Fact]
    public async Task GetOrCreate_NoBudget_ComparesNothing()
    {
        using var fixture = new CacheFixture();
        fixture.Comparer = new TestComparer();
        fixture.NearMeaning("b", "a", 0.6f);

        await fixture.AskAsync("a");
        await fixture.AskAsync("b");

        Assert.Equal(0, ((TestComparer)fixture.Comparer).Calls);
        Assert.Equal(0, fixture.Cache.GetStatistics().Comparisons);
        Assert.Null(fixture.Cache.GetStatistics().ErrorBudget);
    }

    [Fact]
    public async Task GetOrCreate_ReadOnly_LearnsAndStoresNothing()
    {
        using var budget = new BudgetFixture();
        await budget.AskAsync(noise: 0.05f);
        var written = budget.Fixture.Store.Written.Count(entry => entry.Vector.Length > 0);

        for (var i = 0; i < 30; i++)
        {
            await budget.AskAsync(noise: 0.05f, mode: SemanticCacheMode.ReadOnly);
        }

        Assert.InRange(budget.Statistics.Labels, 1, 30);
        Assert.Equal(written, budget.Fixture.Store.Written.Count(entry => entry.Vector.Length > 0));
    }

    [Fact]
    public async Task GetOrCreate_Shadow_ChecksEveryDecisionToServe()
    {
        using var budget = new BudgetFixture(configureCache: options => options.Shadow.Enabled = true);
        await budget.LearnAsync();

        for (var i = 0; i < 50; i++)
        {
            var (result, _) = await budget.AskAsync();
            Assert.NotEqual(SemanticCacheOutcome.SemanticHit, result.Outcome);
        }

        Assert.True(budget.Statistics.Audits > 20);
        Assert.Contains(budget.Fixture.ShadowLog.Read(), record => record.Verdict == SemanticCacheReason.Shadow);
    }

    [Fact]
    public async Task Report_ServedAnswer_LabelsAndStaysOutOfTheAudits()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        SemanticCacheResult served;
        var question = "";
        do
        {
            question = budget.NewQuestion();
            served = await budget.Cache.GetOrCreateAsync(question, _ => Task.FromResult(CacheFixture.Answer("?")), TestContext.Current.CancellationToken);
        }
        while (!served.IsHit);
        var before = budget.Statistics;

        Assert.Equal(EntryStatus.Done, await budget.Cache.ReportAsync(served.EntryId!, question, correct: false, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(before.Labels + 1, budget.Statistics.Labels);
        Assert.Equal((before.Audits, before.WrongAudits), (budget.Statistics.Audits, budget.Statistics.WrongAudits));
        var again = await budget.Cache.LookupAsync(question, TestContext.Current.CancellationToken);
        Assert.NotEqual(served.EntryId, again.EntryId);
    }

    [Fact]
    public async Task GetOrCreate_AnotherScope_LearnsOnItsOwn()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();

        var result = await budget.Cache.GetOrCreateAsync(
            new SemanticCacheQuery("a question about topic1") { Scope = CacheScope.For("other") }, _ => Task.FromResult(CacheFixture.Answer("?")), TestContext.Current.CancellationToken);

        Assert.Equal(SemanticCacheReason.NoCandidates, result.Reason);
        Assert.Equal(1, budget.Cache.GetStatistics(CacheScope.For("other")).ErrorBudget!.Requests);
        Assert.Null(budget.Cache.GetStatistics(CacheScope.For("third")).ErrorBudget);
    }

    [Fact]
    public async Task Lookup_UnderABudget_ServesAndIsNotAudited()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        budget.Fixture.Draw = () => 0;

        var hits = 0;
        for (var i = 0; i < 50; i++)
        {
            hits += (await budget.Cache.LookupAsync(budget.NewQuestion(), TestContext.Current.CancellationToken)).IsHit ? 1 : 0;
        }

        Assert.InRange(hits, 1, 50);
        Assert.Equal(0, budget.Statistics.Audits);
    }
}
