using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.FailSafe;

public sealed class StaleStreamTests : IDisposable
{
    private const string Question = FailSafeFixture.Question;
    private static readonly TimeSpan Soft = TimeSpan.FromSeconds(2);

    private readonly FailSafeFixture _fixture = new(options => options.FailSafe.SoftTimeout = Soft);
    private readonly StreamDouble _model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Stream_FailsBeforeTheFirstToken_FallsBackAndCountsOnce()
    {
        await _fixture.ExpireAsync();
        var stream = await OpenAsync();
        var reading = ReadAsync(stream);
        var call = await _model.NextCallAsync();

        // A provider announces a message before it says anything.
        call.Write(new ChatResponseUpdate(ChatRole.Assistant, ""));
        call.Fail(new HttpRequestException("down"));

        Assert.Equal("old", await reading);
        Assert.Equal((SemanticCacheOutcome.Stale, SemanticCacheReason.ModelFailed, FailSafeFixture.Lifetime), (stream.Result.Outcome, stream.Result.Reason, stream.Result.Age));
        Assert.Equal((1, 1), (_fixture.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Stale], _fixture.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Miss]));
    }

    [Fact]
    public async Task Stream_FailsAfterTheFirstToken_Throws()
    {
        await _fixture.ExpireAsync();
        var stream = await OpenAsync();
        var reading = ReadAsync(stream);
        var call = await _model.NextCallAsync();
        call.Write("half an ans");
        call.Fail(new HttpRequestException("down"));

        await Assert.ThrowsAsync<HttpRequestException>(() => reading);
        Assert.Equal(SemanticCacheOutcome.Miss, stream.Result.Outcome);
        Assert.Equal(2, _fixture.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Miss]);
    }

    [Fact]
    public async Task Stream_FirstTokenIsLate_FallsBackAndTheRestIsStored()
    {
        await _fixture.ExpireAsync();
        var stream = await OpenAsync();
        var reading = ReadAsync(stream);
        var call = await _model.NextCallAsync();
        _fixture.Inner.Time.Advance(Soft);
        Assert.Equal("old", await reading);
        Assert.Equal(SemanticCacheReason.ModelSlow, stream.Result.Reason);

        call.Write("new");
        call.Finish();
        await call.WhenEnded;
        await _fixture.Cache.WhenGeneratedAsync();

        Assert.Equal("new", await ReadAsync(await OpenAsync()));
    }

    [Fact]
    public async Task Stream_FirstTokenIsInTime_TheRestMayTakeAsLongAsItWants()
    {
        await _fixture.ExpireAsync();
        var reading = ReadAsync(await OpenAsync());
        var call = await _model.NextCallAsync();
        call.Write("new ");
        await Eventually.HoldsAsync(() => _fixture.Cache.GetStatistics().Outcomes[SemanticCacheOutcome.Miss] == 2, "The first token");
        _fixture.Inner.Time.Advance(Soft * 10);
        call.Write("answer");
        call.Finish();

        Assert.Equal("new answer", await reading);
    }

    [Fact]
    public async Task Stream_SeveralReadersOfOneFailingCall_AllFallBack()
    {
        await _fixture.ExpireAsync();
        var first = ReadAsync(await OpenAsync());
        var call = await _model.NextCallAsync();
        Task<string>[] others = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => ReadAsync(await OpenAsync())))];
        call.Fail(new HttpRequestException("down"));

        Assert.All([await first, .. await Task.WhenAll(others)], text => Assert.Equal("old", text));
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task Stream_NothingStored_FailureReachesTheReader()
    {
        var reading = ReadAsync(await OpenAsync());
        (await _model.NextCallAsync()).Fail(new HttpRequestException("down"));

        await Assert.ThrowsAsync<HttpRequestException>(() => reading);
    }

    [Fact]
    public async Task Stream_ReaderCancels_GetsItsCancellation()
    {
        using var leaving = new CancellationTokenSource();
        await _fixture.ExpireAsync();
        var reading = ReadUntilAsync(await OpenAsync(), leaving.Token);
        await _model.NextCallAsync();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Stream_SilentPiecesOfAnAnswerThatComes_AreDelivered()
    {
        await _fixture.ExpireAsync();
        var updates = new List<ChatResponseUpdate>();
        var stream = await OpenAsync();
        var reading = Task.Run(async () => updates.AddRange(await stream.ToListAsync(Token)), Token);
        var call = await _model.NextCallAsync();
        var announced = new ChatResponseUpdate(ChatRole.Assistant, "");
        call.Write(announced);
        call.Write("new");
        call.Finish();
        await reading;

        Assert.Same(announced, updates[0]);
        Assert.Equal("new", string.Concat(updates.Select(update => update.Text)));
    }

    private static Task<string> ReadAsync(SemanticCacheStreamingResult stream) => ReadUntilAsync(stream, Token);

    private static async Task<string> ReadUntilAsync(SemanticCacheStreamingResult stream, CancellationToken cancellationToken) =>
        string.Concat((await stream.ToListAsync(cancellationToken)).Select(update => update.Text));

    private ValueTask<SemanticCacheStreamingResult> OpenAsync() => _fixture.Cache.GetOrStreamAsync(Question, _model.StreamAsync, Token);
}
