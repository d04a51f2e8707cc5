using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

public sealed class StaleIfErrorTests
{
    private const string Question = FailSafeFixture.Question;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreate_ModelFails_ServesTheExpiredAnswerMarkedStaleWithItsAge()
    {
        using var fixture = new FailSafeFixture();
        using var stale = fixture.Inner.Counter("ragcaching.cache.stale");
        await fixture.ExpireAsync();

        var result = await fixture.FailAsync();

        Assert.Equal(("old", SemanticCacheOutcome.Stale, SemanticCacheReason.ModelFailed), (result.Response!.Text, result.Outcome, result.Reason));
        Assert.True(result.IsHit && result.IsStale);
        Assert.Equal(FailSafeFixture.Lifetime, result.Age);
        Assert.Equal("ModelFailed", stale.LastMeasurement!.Tags["ragcaching.cache.request.reason"]);
        Assert.Equal((1, 1), (fixture.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Stale], fixture.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Miss]));
    }

    [Fact]
    public async Task GetOrCreate_ModelAnswers_StoresTheNewAnswerForExpiredAndParaphrasedQuestionsAlike()
    {
        using var fixture = new FailSafeFixture();
        fixture.Inner.SameMeaning(Question, "What's a cache?");
        await fixture.ExpireAsync();

        var miss = await fixture.Inner.AskAsync(Question, "new");

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Expired, "new"), (miss.Outcome, miss.Reason, miss.Response!.Text));
        Assert.Equal(SemanticCacheOutcome.SemanticHit, (await fixture.Inner.AskAsync("What's a cache?")).Outcome);
        Assert.Equal("new", (await fixture.FailAsync()).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_WindowIsOver_Throws()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();
        fixture.Inner.Time.Advance(FailSafeFixture.Window);

        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync());
    }

    [Fact]
    public async Task GetOrCreate_WindowWasShortenedSince_Throws()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();
        fixture.Inner.Options.FailSafe.StaleIfError = TimeSpan.FromMinutes(10);
        using var cache = fixture.Inner.NewCache();
        Task<SemanticCacheResult> FailAsync() => cache.GetOrCreateAsync(Question, _ => Task.FromException<ChatResponse>(new HttpRequestException("down")), Token).AsTask();

        Assert.Equal(SemanticCacheOutcome.Stale, (await FailAsync()).Outcome);
        fixture.Inner.Time.Advance(TimeSpan.FromMinutes(10));

        // The store would still hand it out.
        await Assert.ThrowsAsync<HttpRequestException>(FailAsync);
    }

    [Fact]
    public async Task GetOrCreate_OptionOff_ThrowsAndKeepsNothing()
    {
        using var fixture = new FailSafeFixture(options => options.FailSafe.StaleIfError = null);
        await fixture.ExpireAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync());
        Assert.Equal(SemanticCacheReason.NoCandidates, (await fixture.Cache.LookupAsync(Question, Token)).Reason);
    }

    [Fact]
    public async Task GetOrCreate_CallerCancels_GetsItsCancellation()
    {
        using var fixture = new FailSafeFixture();
        using var leaving = new CancellationTokenSource();
        await fixture.ExpireAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Cache.GetOrCreateAsync(
            Question,
            async token =>
            {
                await leaving.CancelAsync();
                await new TaskCompletionSource().Task.WaitAsync(token);
                return CacheFixture.Answer("never");
            },
            leaving.Token).AsTask());
    }

    [Fact]
    public async Task GetOrCreate_ClientTimesOut_IsServedAlthoughThatLooksLikeACancellation()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();

        Assert.True((await fixture.FailAsync(exception: new TaskCanceledException("The request timed out."))).IsStale);
    }

    [Fact]
    public async Task GetOrCreate_ReworderAsks_IsServedByMeaningWhereAVerifierAgrees()
    {
        using var fixture = new FailSafeFixture();
        var agrees = true;
        fixture.Inner.Verifiers.Add(new TestVerifier((_, _) => new(agrees)));
        fixture.Inner.SameMeaning(Question, "What's a cache?");
        await fixture.ExpireAsync();

        var result = await fixture.FailAsync("What's a cache?");
        Assert.Equal((SemanticCacheOutcome.Stale, Question), (result.Outcome, result.MatchedQuestion));
        Assert.InRange(result.Similarity!.Value, 0.95f, 1);

        agrees = false;
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.FailAsync("What's a cache?"));
    }

    [Fact]
    public async Task GetOrCreate_FreshAnswerIsFurtherAway_IsServedInsteadOfTheStaleOne()
    {
        using var fixture = new FailSafeFixture();
        fixture.Inner.SameMeaning(Question, "What's a cache?", "Define a cache.");
        await fixture.ExpireAsync();
        await fixture.Inner.Cache.StoreAsync("Define a cache.", CacheFixture.Answer("fresh"), Token);

        var result = await fixture.FailAsync("What's a cache?");

        Assert.Equal((SemanticCacheOutcome.SemanticHit, "fresh"), (result.Outcome, result.Response!.Text));
    }

    [Fact]
    public async Task GetOrCreate_SeveralCallersShareTheFailingCall_AllAreServed()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();
        var model = new TaskCompletionSource<ChatResponse>();
        var calls = 0;
        Task<SemanticCacheResult>[] asking =
        [
            .. Enumerable.Range(0, 8).Select(_ => fixture.Cache.GetOrCreateAsync(
                Question,
                _ =>
                {
                    Interlocked.Increment(ref calls);
                    return model.Task;
                },
                Token).AsTask()),
        ];

        model.SetException(new HttpRequestException("down"));

        Assert.All(await Task.WhenAll(asking), result => Assert.True(result.IsStale));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Lookup_ExpiredAnswer_IsNeverServedWithoutAFailure()
    {
        using var fixture = new FailSafeFixture();
        await fixture.ExpireAsync();

        var result = await fixture.Cache.LookupAsync(Question, Token);

        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.Expired, null), (result.Outcome, result.Reason, result.Response));
    }

    [Fact]
    public async Task Chat_StaleAnswer_IsMarked()
    {
        using var fixture = new FailSafeFixture();
        var inner = new TestChatClient();
        using var client = new SemanticCachingChatClient(inner, fixture.Cache);
        await client.GetResponseAsync(Question, cancellationToken: Token);
        fixture.Inner.Time.Advance(FailSafeFixture.Lifetime);
        inner.ResponseCallback = (_, _, _) => Task.FromException<ChatResponse>(new HttpRequestException("down"));

        var marked = (await client.GetResponseAsync(Question, cancellationToken: Token)).GetSemanticCacheResult();

        Assert.Equal((true, FailSafeFixture.Lifetime, SemanticCacheReason.ModelFailed), (marked!.IsStale, marked.Age, marked.Reason));
    }
}
