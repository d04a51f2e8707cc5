using Microsoft.Extensions.AI;
using RagCaching.Tests.ErrorBudgets;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

/// <summary>What is found stale and still must not be served, because something speaks against it when it is needed.</summary>
public sealed class StaleForbiddenTests
{
    private const string Question = FailSafeFixture.Question;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreate_AnswerIsRemovedWhileTheModelIsAsked_Throws()
    {
        using var fixture = new FailSafeFixture();
        var first = await fixture.Inner.AskAsync(Question);
        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);

        await ThrowsAsync(fixture, Question, async () => Assert.Equal(EntryStatus.Done, await fixture.Cache.RemoveAsync(first.EntryId!, cancellationToken: Token)));
    }

    [Fact]
    public async Task GetOrCreate_TagIsRemovedWhileTheModelIsAsked_Throws()
    {
        using var fixture = new FailSafeFixture();
        await fixture.Inner.AskAsync(new SemanticCacheQuery(Question) { Tags = ["faq"] });
        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);

        await ThrowsAsync(fixture, Question, async () => Assert.Equal(1, await fixture.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "faq" }, Token)));
    }

    [Fact]
    public async Task GetOrCreate_AnswerIsReportedWrongWhileTheModelIsAsked_Throws()
    {
        using var fixture = new FailSafeFixture();
        fixture.Inner.SameMeaning(Question, "What's a cache?");
        var first = await fixture.Inner.AskAsync(Question);
        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);

        await ThrowsAsync(fixture, "What's a cache?", async () => await fixture.Cache.ReportAsync(first.EntryId!, "What's a cache?", correct: false, cancellationToken: Token));

        // The report left the entry what it was: stale, and good enough for its own question.
        Assert.True((await fixture.FailAsync()).IsStale);
        Assert.Equal(SemanticCacheReason.Expired, (await fixture.Cache.LookupAsync(Question, Token)).Reason);
    }

    [Fact]
    public async Task GetOrCreate_SourceHasChanged_Throws()
    {
        using var fixture = new FailSafeFixture();
        var version = "v1";
        var query = new SemanticCacheQuery(Question) { CurrentSourceVersion = (_, _) => new(version) };
        await fixture.Cache.GetOrCreateAsync(
            query,
            (context, _) =>
            {
                context.SourceVersions["handbook"] = "v1";
                return Task.FromResult(CacheFixture.Answer("old"));
            },
            Token);
        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);
        Assert.True((await fixture.FailAsync(query)).IsStale);

        version = "v2";
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync(query));
        version = "v1";
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync(query));
    }

    [Fact]
    public async Task GetOrCreate_ModeratorRefuses_Throws()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync(new SemanticCacheQuery(Question) { Moderator = (_, _) => new(false) }));
    }

    [Fact]
    public async Task GetOrCreate_RefreshRequestedOrAnotherScope_Throws()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync(new SemanticCacheQuery(Question) { Mode = SemanticCacheMode.Refresh }));
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync(new SemanticCacheQuery(Question) { Scope = CacheScope.For("other") }));
    }

    [Fact]
    public async Task GetOrCreate_StoreFails_TheModelsFailureReachesTheCaller()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();

        await ThrowsAsync(fixture, Question, () =>
        {
            fixture.Inner.Store.Before = (_, _) => throw new InvalidOperationException("broken");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task GetOrCreate_UnderABudget_IsServedByMeaningUntilTheBreakerTrips()
    {
        using var budget = new BudgetFixture(configureCache: options => options.FailSafe.StaleIfError = TimeSpan.FromDays(30));
        await budget.LearnAsync();
        budget.Fixture.Time.Advance(budget.Fixture.Options.TimeToLive);

        Assert.True((await FailAsync(budget)).IsStale);

        budget.AnswerOf = topic => $"changed {topic}/{Guid.NewGuid()}";
        budget.Fixture.Draw = () => 0;
        for (var i = 0; i < 400 && budget.Statistics.IsServing; i++)
        {
            await budget.AskAsync(noise: 0.05f);
        }

        Assert.Equal(1, budget.Statistics.BreakerTrips);
        budget.Fixture.Time.Advance(budget.Fixture.Options.TimeToLive);
        await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(budget));
    }

    private static Task<SemanticCacheResult> FailAsync(BudgetFixture budget) =>
        budget.Cache.GetOrCreateAsync(budget.NewQuestion(), _ => Task.FromException<ChatResponse>(new HttpRequestException("down")), Token).AsTask();

    private static Task<HttpRequestException> ThrowsAsync(FailSafeFixture fixture, string question, Func<Task> meanwhile) => Assert.ThrowsAsync<HttpRequestException>(() => fixture.Cache.GetOrCreateAsync(
        question,
        async _ =>
        {
            await meanwhile();
            throw new HttpRequestException("down");
        },
        Token).AsTask());
}
