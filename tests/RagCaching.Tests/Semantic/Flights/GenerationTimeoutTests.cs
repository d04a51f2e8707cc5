using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

public sealed class GenerationTimeoutTests : IDisposable
{
    private const string Question = "What is a cache?";

    private readonly CacheFixture _fixture = new(options => options.Limits.GenerationTimeout = TimeSpan.FromSeconds(10));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Whole_FactoryHangs_AllCallersGetATimeoutAndTheNextStartsAnew()
    {
        var never = new TaskCompletionSource<ChatResponse>();
        var called = new TaskCompletionSource<CancellationToken>();
        var first = _fixture.Cache.GetOrCreateAsync(
            Question,
            token =>
            {
                called.SetResult(token);
                return never.Task;
            },
            Token).AsTask();
        var factoryToken = await called.Task;
        var second = _fixture.Cache.GetOrCreateAsync(Question, _ => never.Task, Token).AsTask();

        _fixture.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("GenerationTimeout", (await Assert.ThrowsAsync<TimeoutException>(() => first)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        Assert.True(factoryToken.IsCancellationRequested);
        Assert.Equal("fresh", (await _fixture.AskAsync(Question, "fresh")).Response!.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Stream_ModelHangs_EndsWithATimeoutAfterWhatWasGiven(int pieces)
    {
        var model = new StreamDouble();
        var texts = new List<string>();
        var reading = ReadAsync((_, _) => model.StreamAsync(new SemanticCacheEntryContext(""), CancellationToken.None), texts, pieces, out var hasRead);
        var call = await model.NextCallAsync();
        for (var i = 0; i < pieces; i++)
        {
            call.Write($"{i}");
        }

        await hasRead;
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<TimeoutException>(() => reading);
        Assert.Equal(pieces, texts.Count);
        Assert.Empty(_fixture.Store.Written);
        call.Finish();
        await call.WhenEnded;
    }

    [Fact]
    public async Task Stream_ModelNeverEnds_EndsWithATimeout()
    {
        var given = 0;
        async IAsyncEnumerable<ChatResponseUpdate> EndlessAsync()
        {
            while (true)
            {
                // Without a pause, and without a look at its token.
                if (++given == 1_000)
                {
                    _fixture.Time.Advance(TimeSpan.FromSeconds(10));
                }

                await Task.CompletedTask;
                yield return new ChatResponseUpdate(ChatRole.Assistant, "x");
            }
        }

        await Assert.ThrowsAsync<TimeoutException>(async () => await (await _fixture.Cache.GetOrStreamAsync(Question, _ => EndlessAsync(), Token)).ToListAsync(Token));

        Assert.Equal(1_000, given);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task Stream_EndsInTime_IsStored()
    {
        var model = new StreamDouble();
        var reading = ReadAsync(model.StreamAsync, [], 1, out _);
        var call = await model.NextCallAsync();
        call.Write("A memory.");
        call.Finish();
        await reading;

        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await _fixture.Cache.LookupAsync(Question, Token)).IsHit);
    }

    [Fact]
    public async Task Whole_CallerLeaves_TheFactorysEndIsAwaitedAsWithoutALimit()
    {
        using var leaving = new CancellationTokenSource();
        var ends = new TaskCompletionSource<ChatResponse>();
        var asking = _fixture.Cache.GetOrCreateAsync(Question, _ => ends.Task, leaving.Token).AsTask();

        await leaving.CancelAsync();
        Assert.False(asking.IsCompleted);
        ends.SetResult(CacheFixture.Answer("late"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private async Task ReadAsync(
        Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, List<string> texts, int count, TaskCompletionSource hasRead)
    {
        if (count == 0)
        {
            hasRead.SetResult();
        }

        await foreach (var update in (await _fixture.Cache.GetOrStreamAsync(Question, factory, Token)).WithCancellation(Token))
        {
            texts.Add(update.Text);
            if (texts.Count == count)
            {
                hasRead.TrySetResult();
            }
        }
    }

    private Task ReadAsync(
        Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, List<string> texts, int count, out Task hasRead)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hasRead = read.Task;
        return ReadAsync(factory, texts, count, read);
    }
}
