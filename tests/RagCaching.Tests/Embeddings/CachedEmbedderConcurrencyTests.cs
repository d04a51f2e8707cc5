using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderConcurrencyTests
{
    private readonly GatedGenerator _gated = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task GenerateAsync_ConcurrentCallersOfOneText_MakeOneCall(int callers)
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, callers).Select(_ => CallAsync()).ToArray();

        start.SetResult();
        await _gated.Started;
        _gated.Open();
        await Task.WhenAll(calls);

        Assert.Equal(1, _gated.Inner.Calls);

        async Task CallAsync()
        {
            await start.Task;
            await embedder.GenerateVectorAsync("text", cancellationToken: Token);
        }
    }

    [Fact]
    public async Task GenerateAsync_OverlappingBatches_GenerateEachTextOnce()
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);

        var first = embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        var second = embedder.GenerateAsync(["b", "c", "a"], cancellationToken: Token);
        _gated.Open();

        Assert.Equal([["a", "b"], ["c"]], _gated.Inner.Batches);
        Assert.Equal((await first)[1].Vector.ToArray(), (await second)[0].Vector.ToArray());
        Assert.Equal((await first)[0].Vector.ToArray(), (await second)[2].Vector.ToArray());
        Assert.Equal(1, (await second).Usage?.InputTokenCount);
    }

    [Fact]
    public async Task GenerateAsync_CallersOfOneText_GetEmbeddingsOfTheirOwn()
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);

        var first = embedder.GenerateAsync(["a"], cancellationToken: Token);
        var second = embedder.GenerateAsync(["a"], cancellationToken: Token);
        _gated.Open();

        Assert.NotSame((await first)[0], (await second)[0]);
        Assert.Null((await second).Usage);
    }

    [Fact]
    public async Task GenerateAsync_TheStarterLeaves_TheOthersGetTheirVectors()
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);
        using var leaving = new CancellationTokenSource();
        var starter = embedder.GenerateAsync(["a", "b"], cancellationToken: leaving.Token);
        var joiner = embedder.GenerateAsync(["b"], cancellationToken: Token);

        await leaving.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starter);
        Assert.Equal(leaving.Token, exception.CancellationToken);
        Assert.False(_gated.LastToken.IsCancellationRequested);
        _gated.Open();
        Assert.Single(await joiner);
        Assert.Equal(1, _gated.Inner.Calls);
    }

    [Fact]
    public async Task GenerateAsync_EverySubsetOfUpToSixCallersCancels_ExactlyThoseSeeIt()
    {
        for (var callers = 1; callers <= 6; callers++)
        {
            for (var subset = 0; subset < 1 << callers; subset++)
            {
                await CancelAsync(callers, subset);
            }
        }
    }

    [Fact]
    public async Task GenerateAsync_AfterAllHaveLeft_StartsAnew()
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);
        using var leaving = new CancellationTokenSource();
        var first = embedder.GenerateAsync(["a"], cancellationToken: leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _gated.Open();
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(2, _gated.Inner.Calls);
    }

    [Fact]
    public async Task GenerateAsync_TokenCancelledBefore_ThrowsWithoutACall()
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embedder.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, _gated.Inner.Calls);
    }

    [Fact]
    public async Task GenerateAsync_JoinRacesAgainstTheLastLeave_TheJoinerAlwaysGetsItsVector()
    {
        var generator = new TestEmbeddingGenerator();
        generator.GenerateCallback = async (batch, _, token) =>
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            return generator.Generate(batch);
        };
        await using var embedder = new CachedEmbedder(generator, options: new() { LocalCapacity = 0 });

        for (var round = 0; round < 20_000; round++)
        {
            using var leaving = new CancellationTokenSource();
            var starter = embedder.GenerateAsync(["a"], cancellationToken: leaving.Token);
            var leave = Task.Run(leaving.Cancel, Token);
            var joiner = embedder.GenerateAsync(["a"], cancellationToken: Token);

            Assert.Single(await joiner);
            await leave;
            var exception = await Record.ExceptionAsync(() => starter);
            Assert.True(exception is null or OperationCanceledException, $"The starter got {exception}.");
        }
    }

    [Fact]
    public async Task GenerateAsync_GeneratorFailsWithManyWaiting_AllSeeItOnceAndTheNextCallTriesAgain()
    {
        await using var embedder = new CachedEmbedder(_gated.Inner);
        var calls = Enumerable.Range(0, 10).Select(_ => embedder.GenerateAsync(["a"], cancellationToken: Token)).ToArray();

        _gated.Fail(new HttpRequestException("no"));

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => call);
        }

        Assert.Equal(1, _gated.Inner.Calls);
        await Assert.ThrowsAsync<HttpRequestException>(() => embedder.GenerateAsync(["a"], cancellationToken: Token));
        Assert.Equal(2, _gated.Inner.Calls);
    }

    [Fact]
    public async Task GenerateAsync_GeneratorAsksForTheSameText_GoesOnAlone()
    {
        var generator = new TestEmbeddingGenerator();
        await using var embedder = new CachedEmbedder(generator);
        generator.GenerateCallback = async (batch, _, token) =>
        {
            if (generator.Calls == 1)
            {
                await embedder.GenerateAsync(batch, cancellationToken: token);
            }

            return generator.Generate(batch);
        };

        var result = await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);

        Assert.Equal(2, result.Count);
        Assert.Equal(2, generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_TwoRunsThatAskForEachOthersTexts_BothEnd()
    {
        var generator = new TestEmbeddingGenerator();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var embedder = new CachedEmbedder(generator);
        generator.GenerateCallback = async (batch, _, token) =>
        {
            if (generator.Calls > 2)
            {
                return generator.Generate(batch);
            }

            if (generator.Calls == 2)
            {
                both.SetResult();
            }

            await both.Task;
            await embedder.GenerateAsync([batch[0] == "a" ? "b" : "a"], cancellationToken: token);
            return generator.Generate(batch);
        };

        var a = embedder.GenerateAsync(["a"], cancellationToken: Token);
        var b = embedder.GenerateAsync(["b"], cancellationToken: Token);

        Assert.Single(await a);
        Assert.Single(await b);
    }

    private static async Task CancelAsync(int callers, int subset)
    {
        var gated = new GatedGenerator();
        await using var embedder = new CachedEmbedder(gated.Inner);
        var sources = Enumerable.Range(0, callers).Select(_ => new CancellationTokenSource()).ToArray();
        var calls = sources.Select(source => embedder.GenerateAsync(["a"], cancellationToken: source.Token)).ToArray();

        for (var i = 0; i < callers; i++)
        {
            if ((subset & (1 << i)) != 0)
            {
                await sources[i].CancelAsync();
                var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[i]);
                Assert.Equal(sources[i].Token, exception.CancellationToken);
            }
        }

        Assert.Equal(subset == (1 << callers) - 1, gated.LastToken.IsCancellationRequested);
        gated.Open();
        for (var i = 0; i < callers; i++)
        {
            if ((subset & (1 << i)) == 0)
            {
                Assert.Single(await calls[i]);
            }

            sources[i].Dispose();
        }

        Assert.Equal(1, gated.Inner.Calls);
    }
}
