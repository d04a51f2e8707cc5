using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

public sealed class ModelBreakerTests : IDisposable
{
    private const string Question = FailSafeFixture.Question;
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private readonly FailSafeFixture _fixture = new(options =>
    {
        options.FailSafe.ModelBreaker.Failures = 3;
        options.FailSafe.ModelBreaker.BreakDuration = Break;
    });

    private int _calls;
    private bool _isUp;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_ModelIsDown_CallersWithAnAnswerDoNotCallIt()
    {
        using var state = new MetricCollector<int>(_fixture.Inner.Meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.model.breaker");
        await BreakAsync();
        var embedded = _fixture.Inner.Generator.Calls;

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SemanticCacheReason.ModelUnavailable, (await AskAsync()).Reason);
        }

        Assert.Equal((3, 1), (_calls, state.LastMeasurement!.Value));

        // Nor do they wait for what embeds, which may be at the same provider.
        Assert.Equal(embedded, _fixture.Inner.Generator.Calls);
    }

    [Fact]
    public async Task GetOrCreate_ModelIsBack_OneProbeFindsOut()
    {
        await BreakAsync();
        _isUp = true;
        Assert.True((await AskAsync()).IsStale);
        _fixture.Inner.Time.Advance(Break);

        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await AnswerAsync(AskAsync()));
        Assert.Equal((SemanticCacheOutcome.ExactHit, "new"), await AnswerAsync(AskAsync()));
        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await AnswerAsync(AskAsync("Something else entirely?")));
    }

    [Fact]
    public async Task GetOrCreate_ProbeIsUnderWay_OthersDoNotWaitForIt()
    {
        await BreakAsync();
        _fixture.Inner.Time.Advance(Break);
        var model = new TaskCompletionSource<ChatResponse>();
        var probe = _fixture.Cache.GetOrCreateAsync(Question, _ => model.Task, Token).AsTask();

        Assert.Equal(SemanticCacheReason.ModelUnavailable, (await AskAsync()).Reason);
        model.SetException(new HttpRequestException("still down"));

        Assert.Equal(SemanticCacheReason.ModelFailed, (await probe).Reason);
        Assert.Equal(SemanticCacheReason.ModelUnavailable, (await AskAsync()).Reason);
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task GetOrCreate_CallerWithoutAnAnswer_CallsAndClosesTheBreaker()
    {
        await BreakAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("Something else entirely?"));

        _isUp = true;
        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await AnswerAsync(AskAsync("Something else entirely?")));
        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await AnswerAsync(AskAsync()));
    }

    [Fact]
    public async Task Stream_ModelIsDown_ReplaysTheStoredAnswerAtOnce()
    {
        await BreakAsync();
        var model = new StreamDouble();

        var stream = await _fixture.Cache.GetOrStreamAsync(Question, model.StreamAsync, Token);

        Assert.Equal(SemanticCacheReason.ModelUnavailable, stream.Result.Reason);
        Assert.Equal("old", string.Concat((await stream.ToListAsync(Token)).Select(update => update.Text)));
        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task GetOrCreate_CallersCancel_IsNoFailureOfTheModel()
    {
        await _fixture.ExpireAsync();
        for (var i = 0; i < 5; i++)
        {
            using var leaving = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.Cache.GetOrCreateAsync(
                Question,
                async token =>
                {
                    await leaving.CancelAsync();
                    await new TaskCompletionSource().Task.WaitAsync(token);
                    return CacheFixture.Answer("never");
                },
                leaving.Token).AsTask());
        }

        _isUp = true;
        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await AnswerAsync(AskAsync()));
    }

    [Fact]
    public async Task GetOrCreate_SlowModel_OpensItToo()
    {
        using var fixture = new FailSafeFixture(options =>
        {
            options.FailSafe.SoftTimeout = TimeSpan.FromSeconds(1);
            options.FailSafe.ModelBreaker.Failures = 1;
        });
        await fixture.ExpireAsync();
        await fixture.ExpireAsync("Another one?");
        var model = new TaskCompletionSource<ChatResponse>();
        var asking = fixture.Cache.GetOrCreateAsync(Question, _ => model.Task, Token).AsTask();
        fixture.Inner.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SemanticCacheReason.ModelSlow, (await asking).Reason);

        Assert.Equal(SemanticCacheReason.ModelUnavailable, (await fixture.FailAsync("Another one?")).Reason);

        model.SetResult(CacheFixture.Answer("new"));
        await fixture.Cache.WhenGeneratedAsync();
        Assert.Equal(SemanticCacheReason.ModelFailed, (await fixture.FailAsync("Another one?")).Reason);
    }

    private static async Task<(SemanticCacheOutcome Outcome, string Text)> AnswerAsync(Task<SemanticCacheResult> asking)
    {
        var result = await asking;
        return (result.Outcome, result.Response!.Text);
    }

    private async Task BreakAsync()
    {
        await _fixture.ExpireAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(SemanticCacheReason.ModelFailed, (await AskAsync()).Reason);
        }
    }

    private Task<SemanticCacheResult> AskAsync(string question = Question) => _fixture.Cache.GetOrCreateAsync(
        question,
        _ =>
        {
            _calls++;
            return _isUp ? Task.FromResult(CacheFixture.Answer("new")) : Task.FromException<ChatResponse>(new HttpRequestException("down"));
        },
        Token).AsTask();
}
