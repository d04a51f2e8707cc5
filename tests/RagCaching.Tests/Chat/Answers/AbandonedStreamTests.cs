using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Answers;

public sealed class AbandonedStreamTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly StreamDouble _model = new();
    private readonly ChatClientFixture _fixture = new(new SemanticCachingChatClientOptions { Streams = { AbandonedTimeout = TimeSpan.FromMinutes(1) } });

    public AbandonedStreamTests() => Connect(_fixture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_ReaderGoes_IsReadOnAndStored(bool cancels)
    {
        var call = await AbandonAsync(_fixture, cancels);
        Assert.False(call.Token.IsCancellationRequested);

        call.Write(" memory.");
        call.Finish();
        await call.WhenEnded;
        var again = await EventuallyStoredAsync(_fixture);

        Assert.Equal((SemanticCacheOutcome.ExactHit, "A memory."), (again.GetSemanticCacheResult()!.Outcome, again.Text));
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task Stream_ReaderGoesAndTheModelFails_StoresNothing()
    {
        var call = await AbandonAsync(_fixture, cancels: false);

        call.Fail(new IOException());
        await call.WhenEnded;

        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ReaderGoesAndTheTimeIsOver_StopsTheModel()
    {
        var call = await AbandonAsync(_fixture, cancels: false);

        _fixture.Cache.Time.Advance(TimeSpan.FromMinutes(1));
        await call.WhenEnded;

        Assert.True(call.Token.IsCancellationRequested);
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ReaderGoesAndTheAnswerHasNoEnd_StopsTheModel()
    {
        var call = await AbandonAsync(_fixture, cancels: false);

        for (var i = 0; i < 20; i++)
        {
            call.Write(new string('x', 1 << 16));
        }

        await call.WhenEnded;

        Assert.True(call.Token.IsCancellationRequested);
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ClientIsDisposed_StopsTheModel()
    {
        var call = await AbandonAsync(_fixture, cancels: false);

        _fixture.Client.Dispose();
        await call.WhenEnded;

        Assert.True(call.Token.IsCancellationRequested);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_WithoutTheOption_StopsTheModelAndStoresNothing(bool cancels)
    {
        using var plain = new ChatClientFixture();
        Connect(plain);

        var call = await AbandonAsync(plain, cancels);
        await call.WhenEnded;

        Assert.True(call.Token.IsCancellationRequested);
        Assert.Empty(plain.Cache.Store.Written);
    }

    [Fact]
    public async Task Stream_ReadToItsEnd_IsAsWithoutTheOption()
    {
        var reading = _fixture.StreamAsync(Question);
        var call = await _model.NextCallAsync();
        call.Write("A");
        call.Write(" memory.");
        call.Finish();

        Assert.Equal("A memory.", string.Concat((await reading).Select(update => update.Text)));
        Assert.True((await _fixture.AskAsync(Question)).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task Stream_ModelFails_ReachesTheReader()
    {
        var reading = _fixture.StreamAsync(Question);
        var call = await _model.NextCallAsync();
        call.Fail(new IOException());

        await Assert.ThrowsAsync<IOException>(() => reading);
    }

    private void Connect(ChatClientFixture fixture) => fixture.Inner.StreamCallback = (_, _, token) => _model.StreamAsync(new SemanticCacheEntryContext(""), token);

    private async Task<StreamDouble.Call> AbandonAsync(ChatClientFixture fixture, bool cancels)
    {
        using var leaving = new CancellationTokenSource();
        await using var reader = fixture.Client.GetStreamingResponseAsync(Question, cancellationToken: leaving.Token).GetAsyncEnumerator(leaving.Token);
        var reading = reader.MoveNextAsync().AsTask();
        var call = await _model.NextCallAsync();
        call.Write("A");
        Assert.True(await reading);
        if (cancels)
        {
            reading = reader.MoveNextAsync().AsTask();
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }

        return call;
    }

    private static async Task<ChatResponse> EventuallyStoredAsync(ChatClientFixture fixture)
    {
        // The end of the model's stream is a few steps before the answer is stored, and the call of the store is before its end.
        await Eventually.HoldsAsync(IsStored, "Storing the answer");

        return await fixture.AskAsync(Question);

        bool IsStored()
        {
            var count = fixture.Cache.Store.CountAsync(new VectorFilter(), Token).AsTask();
            return count is { IsCompletedSuccessfully: true, Result: > 0 };
        }
    }
}
