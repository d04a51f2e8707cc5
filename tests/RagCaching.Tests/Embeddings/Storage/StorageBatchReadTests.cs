using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings.Storage;

/// <summary>Many reads of one batch, some of which hang, fail or are given up.</summary>
public sealed class StorageBatchReadTests
{
    private const int Count = 100;

    private readonly string[] _texts = [.. Enumerable.Range(0, Count).Select(i => $"text {i}")];
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ChaosDistributedCache _storage = new();
    private int _readsBefore;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1_000)]
    public async Task GenerateAsync_AnyConcurrency_ReadsEveryTextOnceAndNeverMoreAtATime(int concurrency)
    {
        await FillAsync();
        var underWay = 0;
        var most = 0;
        _storage.Before = async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
        };
        await using var embedder = Create(concurrency);

        var result = await embedder.GenerateAsync(_texts, cancellationToken: Token);

        Assert.Equal(_texts.Select(_generator.Vector), result.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(1, _generator.Calls);
        Assert.Equal(Count, _storage.Reads - _readsBefore);
        Assert.InRange(most, 1, Math.Min(concurrency, Count));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task GenerateAsync_SomeReadsHang_OnlyTheirTextsAreGeneratedWhenTheLimitHasPassed(int concurrency)
    {
        await FillAsync();
        var call = 0;
        _storage.Before = () => Interlocked.Increment(ref call) is 3 or 5 ? _storage.Release.Task : Task.CompletedTask;
        await using var embedder = Create(concurrency);

        var generating = embedder.GenerateAsync(_texts, cancellationToken: Token);
        Assert.False(generating.IsCompleted);
        _time.Advance(CachedEmbedderOptions.DefaultStorageReadTimeout);
        var result = await generating;

        Assert.Equal(_texts.Select(_generator.Vector), result.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(["text 2", "text 4"], _generator.Batches[^1]);
        _storage.Release.SetResult();
    }

    [Fact]
    public async Task GenerateAsync_SomeReadsFail_OnlyTheirTextsAreGenerated()
    {
        await FillAsync();
        var call = 0;
        _storage.Before = () => Interlocked.Increment(ref call) is 40 or 41 ? Task.FromException(new IOException("The storage is down.")) : Task.CompletedTask;
        await using var embedder = Create(concurrency: 16);

        await embedder.GenerateAsync(_texts, cancellationToken: Token);

        Assert.Equal(["text 39", "text 40"], _generator.Batches[^1]);
    }

    [Fact]
    public async Task GenerateAsync_TheOnlyCallerLeaves_TheReadsAreAskedToStopAndTheirSlotsAreFree()
    {
        await FillAsync();
        _storage.ReadFault = FaultKind.HangsUntilCancelled;
        using var embedder = Create(concurrency: 8);
        using var leaving = new CancellationTokenSource();
        var generating = embedder.GenerateAsync(_texts, cancellationToken: leaving.Token);
        var token = _storage.LastToken;
        Assert.Equal(8, _storage.Reads - _readsBefore);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generating);

        Assert.True(token.IsCancellationRequested);
        _storage.ReadFault = FaultKind.None;
        await embedder.GenerateAsync(_texts, cancellationToken: Token);
        Assert.Equal(8 + Count, _storage.Reads - _readsBefore);
        Assert.Equal(1, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_AReadReturnsAfterItsLimit_IsIgnored()
    {
        await FillAsync();
        _storage.ReadFault = FaultKind.IgnoresItsToken;
        await using var embedder = Create(concurrency: 1_000);
        var generating = embedder.GenerateAsync(_texts, cancellationToken: Token);
        _time.Advance(CachedEmbedderOptions.DefaultStorageReadTimeout);
        var result = await generating;
        var calls = _generator.Calls;

        _storage.Release.SetResult();
        await embedder.FlushAsync();

        Assert.Equal(2, calls);
        Assert.Equal(calls, _generator.Calls);
        Assert.Equal(_texts.Select(_generator.Vector), result.Select(embedding => embedding.Vector.ToArray()));
    }

    private async Task FillAsync()
    {
        await using var writer = Create(concurrency: 16);
        await writer.GenerateAsync(_texts, cancellationToken: Token);
        await writer.FlushAsync();
        _readsBefore = _storage.Reads;
    }

    private CachedEmbedder Create(int concurrency) =>
        new(_generator, _storage, new() { LocalCapacity = 0, StorageConcurrency = concurrency }, new TestServices().Add<TimeProvider>(_time));
}
