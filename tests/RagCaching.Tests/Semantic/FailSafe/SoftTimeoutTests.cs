using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

public sealed class SoftTimeoutTests : IDisposable
{
    private const string Question = FailSafeFixture.Question;
    private static readonly TimeSpan Soft = TimeSpan.FromSeconds(2);

    private readonly FailSafeFixture _fixture = new(options => options.FailSafe.SoftTimeout = Soft);
    private readonly TaskCompletionSource<ChatResponse> _model = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _factoryToken;
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrCreate_ModelIsSlow_ServesTheStaleAnswerAndStoresTheNewOneWhenItComes()
    {
        await _fixture.ExpireAsync();
        var asking = AskAsync();

        _fixture.Inner.Time.Advance(Soft);
        var stale = await asking;
        Assert.Equal((SemanticCacheOutcome.Stale, SemanticCacheReason.ModelSlow, "old"), (stale.Outcome, stale.Reason, stale.Response!.Text));
        Assert.False(_factoryToken.IsCancellationRequested);

        _model.SetResult(CacheFixture.Answer("new"));
        await _fixture.Cache.WhenGeneratedAsync();

        Assert.Equal((SemanticCacheOutcome.ExactHit, "new"), await TextAsync(AskAsync()));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task GetOrCreate_OthersAskWhileItIsSlow_AreServedAtOnce()
    {
        await _fixture.ExpireAsync();
        var first = AskAsync();
        var second = AskAsync();
        _fixture.Inner.Time.Advance(Soft);
        await Task.WhenAll(first, second);

        var third = AskAsync();

        Assert.True((await third).IsStale);
        Assert.Equal(1, _calls);
        _model.SetResult(CacheFixture.Answer("new"));
        await _fixture.Cache.WhenGeneratedAsync();
    }

    [Fact]
    public async Task GetOrCreate_NothingToFallBackOn_WaitsAsLongAsItTakes()
    {
        var asking = AskAsync();
        _fixture.Inner.Time.Advance(Soft * 10);

        Assert.False(asking.IsCompleted);
        _model.SetResult(CacheFixture.Answer("new"));

        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await TextAsync(asking));
    }

    [Fact]
    public async Task GetOrCreate_AnswerWasRemovedMeanwhile_WaitsForTheNewOne()
    {
        await _fixture.ExpireAsync();
        var asking = AskAsync();
        await _fixture.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true }, Token);
        _fixture.Inner.Time.Advance(Soft);

        _model.SetResult(CacheFixture.Answer("new"));

        Assert.Equal((SemanticCacheOutcome.Miss, "new"), await TextAsync(asking));
    }

    [Fact]
    public async Task GetOrCreate_ModelHangs_IsCancelledAtTheHardTimeoutAndAskedAnewThen()
    {
        await _fixture.ExpireAsync();
        var asking = AskAsync();
        _fixture.Inner.Time.Advance(Soft);
        await asking;

        _fixture.Inner.Time.Advance(FailSafeOptions.DefaultHardTimeout);
        await _fixture.Cache.WhenGeneratedAsync();
        Assert.True(_factoryToken.IsCancellationRequested);

        Assert.Equal((SemanticCacheOutcome.Miss, "an answer"), await TextAsync(_fixture.Inner.AskAsync(Question)));
        _model.SetResult(CacheFixture.Answer("too late"));
    }

    [Fact]
    public async Task Dispose_ModelIsStillAtIt_Cancels()
    {
        await _fixture.ExpireAsync();
        var asking = AskAsync();
        _fixture.Inner.Time.Advance(Soft);
        await asking;

        await _fixture.Cache.DisposeAsync();

        Assert.True(_factoryToken.IsCancellationRequested);
        _model.SetException(new OperationCanceledException());
    }

    [Fact]
    public async Task GetOrCreate_LateFailure_IsObservedAndCostsNothing()
    {
        await _fixture.ExpireAsync();
        var asking = AskAsync();
        _fixture.Inner.Time.Advance(Soft);
        await asking;

        _model.SetException(new HttpRequestException("down"));
        await _fixture.Cache.WhenGeneratedAsync();

        Assert.Equal("old", (await _fixture.FailAsync()).Response!.Text);
    }

    private static async Task<(SemanticCacheOutcome Outcome, string Text)> TextAsync(Task<SemanticCacheResult> asking)
    {
        var result = await asking;
        return (result.Outcome, result.Response!.Text);
    }

    private Task<SemanticCacheResult> AskAsync() => _fixture.Cache.GetOrCreateAsync(
        Question,
        token =>
        {
            Interlocked.Increment(ref _calls);
            _factoryToken = token;
            return _model.Task;
        },
        Token).AsTask();
}
