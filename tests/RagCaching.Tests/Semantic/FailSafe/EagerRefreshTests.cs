using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

public sealed class EagerRefreshTests : IDisposable
{
    private const string Question = FailSafeFixture.Question;

    private readonly FailSafeFixture _fixture = new(options =>
    {
        options.FailSafe.StaleIfError = null;
        options.FailSafe.EagerRefresh = 0.9;
        options.FailSafe.SoftTimeout = TimeSpan.FromSeconds(2);
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_PastTheShare_OneCallerMakesItAnewWhileOthersGetTheStoredOne()
    {
        using var refreshes = _fixture.Inner.Counter("ragcaching.cache.refreshes");
        await AgeAsync(0.9);
        var model = new TaskCompletionSource<ChatResponse>();
        var first = AskAsync(model.Task);

        for (var i = 0; i < 4; i++)
        {
            var other = await _fixture.Inner.AskAsync(Question, "another");
            Assert.Equal((SemanticCacheOutcome.ExactHit, "old"), (other.Outcome, other.Response!.Text));
        }

        model.SetResult(CacheFixture.Answer("new"));
        var refreshed = await first;
        Assert.Equal((SemanticCacheOutcome.Miss, SemanticCacheReason.EagerRefresh, "new"), (refreshed.Outcome, refreshed.Reason, refreshed.Response!.Text));
        Assert.Equal("new", (await _fixture.Inner.AskAsync(Question)).Response!.Text);
        Assert.Equal("refreshed", Assert.Single(refreshes.GetMeasurementSnapshot()).Tags["ragcaching.cache.request.result"]);
    }

    [Fact]
    public async Task GetOrCreate_BeforeTheShare_IsAHit()
    {
        await AgeAsync(0.89);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.Inner.AskAsync(Question)).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_RefreshFails_TheStoredAnswerIsAHitAndNobodyTriesAgainForAWhile()
    {
        await AgeAsync(0.9);

        var result = await _fixture.FailAsync();
        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheReason.None, "old"), (result.Outcome, result.Reason, result.Response!.Text));
        Assert.Equal("old", (await _fixture.Inner.AskAsync(Question, "new")).Response!.Text);

        _fixture.Inner.Time.Advance(ModelBreakerOptions.DefaultBreakDuration);
        Assert.Equal("new", (await _fixture.Inner.AskAsync(Question, "new")).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_RefreshIsSlow_TheStoredAnswerIsServedAndTheNewOneStored()
    {
        await AgeAsync(0.9);
        var model = new TaskCompletionSource<ChatResponse>();
        var asking = AskAsync(model.Task);
        _fixture.Inner.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await asking).Outcome);
        Assert.Equal("old", (await _fixture.Inner.AskAsync(Question, "another")).Response!.Text);
        model.SetResult(CacheFixture.Answer("new"));
        await _fixture.Cache.WhenGeneratedAsync();

        Assert.Equal("new", (await _fixture.Inner.AskAsync(Question)).Response!.Text);
    }

    [Fact]
    public async Task GetOrCreate_AfterTheLifetime_IsAMissAsWithoutTheOption()
    {
        await AgeAsync(1);

        await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.FailAsync());
    }

    [Fact]
    public async Task Stream_PastTheShare_OneReaderMakesItAnewWhileOthersGetTheStoredOne()
    {
        await AgeAsync(0.95);
        var model = new StreamDouble();
        var first = ReadAsync(model);
        var call = await model.NextCallAsync();
        Assert.Equal("old", await ReadAsync(model));

        call.Write("new");
        call.Finish();

        Assert.Equal("new", await first);
        Assert.Equal("new", await ReadAsync(model));
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task Stream_TwoReadersOpenedBeforeEitherBegan_OneIsServedTheStoredOne()
    {
        await AgeAsync(0.95);
        var model = new StreamDouble();
        var (one, other) = (await OpenAsync(model), await OpenAsync(model));
        var first = ReadAsync(one);
        var call = await model.NextCallAsync();

        Assert.Equal("old", await ReadAsync(other));
        Assert.Equal(SemanticCacheOutcome.ExactHit, other.Result.Outcome);
        call.Write("new");
        call.Finish();
        Assert.Equal("new", await first);
    }

    [Fact]
    public async Task Lookup_PastTheShare_IsAHit()
    {
        await AgeAsync(0.95);

        Assert.Equal(SemanticCacheOutcome.ExactHit, (await _fixture.Cache.LookupAsync(Question, Token)).Outcome);
    }

    private async Task AgeAsync(double share)
    {
        await _fixture.Inner.AskAsync(Question, "old");
        _fixture.Inner.Time.Advance(FailSafeFixture.Lifetime * share);
    }

    private static async Task<string> ReadAsync(SemanticCacheStreamingResult stream) => string.Concat((await stream.ToListAsync(Token)).Select(update => update.Text));

    private async Task<string> ReadAsync(StreamDouble model) => await ReadAsync(await OpenAsync(model));

    private ValueTask<SemanticCacheStreamingResult> OpenAsync(StreamDouble model) => _fixture.Cache.GetOrStreamAsync(Question, model.StreamAsync, Token);

    private Task<SemanticCacheResult> AskAsync(Task<ChatResponse> answer) => _fixture.Cache.GetOrCreateAsync(Question, _ => answer, Token).AsTask();
}
