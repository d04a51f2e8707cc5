using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderStorageTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogCollector _log = new();
    private ChaosDistributedCache _storage = new();

    public static TheoryData<FaultKind> QuickFaults =>
        [FaultKind.ThrowsAtOnce, FaultKind.FailsAtOnce, FaultKind.FailsLater, FaultKind.ReturnsNull];

    public static TheoryData<FaultKind> SlowFaults => [FaultKind.HangsUntilCancelled, FaultKind.IgnoresItsToken];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_InTheStorage_IsReadFromThere(bool buffered)
    {
        _storage = buffered ? new ChaosBufferDistributedCache() : _storage;
        await using var writer = Create();
        await writer.GenerateAsync(["a", "b", "c"], cancellationToken: Token);
        await writer.FlushAsync();
        await using var reader = Create();

        var result = await reader.GenerateAsync(["c", "b", "a"], cancellationToken: Token);

        Assert.Equal(1, _generator.Calls);
        Assert.Equal(new[] { "c", "b", "a" }.Select(_generator.Vector), result.Select(embedding => embedding.Vector.ToArray()));
    }

    [Fact]
    public async Task GenerateAsync_WithoutALocalTier_FindsWhatIsStillBeingWritten()
    {
        _storage.WriteFault = FaultKind.HangsUntilCancelled;
        await using var embedder = Create();

        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(1, _generator.Calls);
        _storage.Release.SetResult();
    }

    [Theory]
    [MemberData(nameof(QuickFaults))]
    public async Task GenerateAsync_ReadsFail_AreMissesAndTheStorageIsSparedAfterFive(FaultKind fault)
    {
        await using var embedder = Create();
        _storage.ReadFault = fault;
        _storage.Release.SetResult();

        for (var i = 0; i < 20; i++)
        {
            Assert.Single(await embedder.GenerateAsync([$"text {i}"], cancellationToken: Token));
        }

        Assert.Equal(5, _storage.Reads);
        Assert.Single(_log.GetSnapshot());
    }

    [Theory]
    [MemberData(nameof(SlowFaults))]
    public async Task GenerateAsync_ReadHangs_OneCallPaysTheLimitAndTheNextOnesNothing(FaultKind fault)
    {
        await using var embedder = Create();
        _storage.ReadFault = fault;

        var first = embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal(0, _generator.Calls);
        _time.Advance(CachedEmbedderOptions.DefaultStorageReadTimeout);
        Assert.Single(await first);
        for (var i = 0; i < 20; i++)
        {
            Assert.Single(await embedder.GenerateAsync([$"text {i}"], cancellationToken: Token));
        }

        Assert.Equal(1, _storage.Reads);
        _storage.Release.SetResult();
    }

    [Fact]
    public async Task GenerateAsync_ReadHangs_IsAskedToStop()
    {
        await using var embedder = Create();
        _storage.ReadFault = FaultKind.HangsUntilCancelled;
        var call = embedder.GenerateAsync(["a"], cancellationToken: Token);
        var token = _storage.LastToken;
        var stopped = new TaskCompletionSource();
        await using var registration = token.Register(stopped.SetResult);

        _time.Advance(CachedEmbedderOptions.DefaultStorageReadTimeout);

        await call;
        await stopped.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task GenerateAsync_StorageComesBack_IsFoundByAProbeThatNobodyWaitsFor()
    {
        await using var embedder = Create();
        _storage.ReadFault = FaultKind.IgnoresItsToken;
        var first = embedder.GenerateAsync(["a"], cancellationToken: Token);
        _time.Advance(CachedEmbedderOptions.DefaultStorageReadTimeout);
        await first;
        await embedder.FlushAsync();

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await embedder.GenerateAsync(["b"], cancellationToken: Token));
        Assert.Equal(2, _storage.Reads);
        await embedder.FlushAsync();
        _storage.ReadFault = FaultKind.None;
        _time.Advance(TimeSpan.FromSeconds(1));
        await embedder.GenerateAsync(["c"], cancellationToken: Token);
        await embedder.FlushAsync();
        var calls = _generator.Calls;

        await embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token);

        Assert.Equal(calls, _generator.Calls);
        _storage.Release.SetResult();
    }

    [Theory]
    [MemberData(nameof(QuickFaults))]
    public async Task GenerateAsync_WritesFail_TheCallerHasItsAnswerAndReadsGoOn(FaultKind fault)
    {
        await using var embedder = Create();
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await embedder.FlushAsync();
        _storage.WriteFault = fault;
        _storage.Release.SetResult();

        for (var i = 0; i < 10; i++)
        {
            Assert.Single(await embedder.GenerateAsync([$"text {i}"], cancellationToken: Token));
            await embedder.FlushAsync();
        }

        Assert.Equal(6, _storage.Writes);
        var calls = _generator.Calls;
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal(calls, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_WriteHangs_TheCallerDoesNotWait()
    {
        await using var embedder = Create();
        _storage.WriteFault = FaultKind.IgnoresItsToken;

        Assert.Single(await embedder.GenerateAsync(["a"], cancellationToken: Token));

        _storage.Release.SetResult();
    }

    [Theory]
    [MemberData(nameof(QuickFaults))]
    public async Task RemoveAsync_StorageFails_IsLoggedAndNotThrown(FaultKind fault)
    {
        await using var embedder = Create();
        _storage.RemoveFault = fault;
        _storage.Release.SetResult();

        await embedder.RemoveAsync("a", cancellationToken: Token);

        Assert.Single(_log.GetSnapshot());
    }

    [Fact]
    public async Task RemoveAsync_TextIsReadBeforeTheStorageHasRemovedIt_IsNotKeptLocally()
    {
        await using (var writer = Create())
        {
            await writer.GenerateAsync(["a"], cancellationToken: Token);
        }

        await using var embedder = new CachedEmbedder(_generator, _storage, services: Services());
        var removal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = true;
        _storage.Before = () => Interlocked.Exchange(ref first, false) ? removal.Task : Task.CompletedTask;
        var removing = embedder.RemoveAsync("a", cancellationToken: Token);
        await embedder.GenerateVectorAsync("a", cancellationToken: Token);

        removal.SetResult();
        await removing;
        await embedder.GenerateVectorAsync("a", cancellationToken: Token);

        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_TheNthOperationFails_ForEveryNTheAnswerIsRight()
    {
        var operations = await RunScriptAsync(failingOperation: 0);

        for (var n = 1; n <= operations; n++)
        {
            await RunScriptAsync(n);
        }
    }

    [Theory]
    [InlineData(FaultKind.FailsAtOnce, 1)]
    [InlineData(FaultKind.IgnoresItsToken, 0)]
    [InlineData(FaultKind.None, 0)]
    public async Task GenerateAsync_TheStorageRefusesARead_TheEntryIsRemovedBeforeItIsWritten(FaultKind fault, int removals)
    {
        await using var embedder = Create();
        _storage.ReadFault = fault;

        var call = embedder.GenerateAsync(["a"], cancellationToken: Token);
        _time.Advance(CachedEmbedderOptions.DefaultStorageReadTimeout);
        await call;
        await embedder.FlushAsync();

        Assert.Equal(removals, _storage.Removals);
        Assert.Single(_storage.Entries);
        _storage.Release.SetResult();
    }

    [Fact]
    public async Task GenerateAsync_StorageFails_WarnsOnceAMinute()
    {
        await using var embedder = Create();
        _storage.ReadFault = FaultKind.FailsAtOnce;

        for (var i = 0; i < 130; i++)
        {
            await embedder.GenerateAsync([$"text {i}"], cancellationToken: Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_log.GetSnapshot().Count, 2, 3);
    }

    [Fact]
    public async Task GenerateAsync_SwappedEntries_AreMissesThatAreOverwritten()
    {
        await using var embedder = Create();
        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        await embedder.FlushAsync();
        var keys = _storage.Entries.Keys.ToArray();
        (_storage.Entries[keys[0]], _storage.Entries[keys[1]]) = (_storage.Entries[keys[1]], _storage.Entries[keys[0]]);

        var result = await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.Equal(_generator.Vector("a"), result[0].Vector.ToArray());
        Assert.Equal(_generator.Vector("b"), result[1].Vector.ToArray());
        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        Assert.Equal(2, _generator.Calls);
        Assert.Contains("wrong_key", Assert.Single(_log.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    // The same texts over and over through a storage of which one operation fails.
    private async Task<int> RunScriptAsync(int failingOperation)
    {
        var storage = new ChaosDistributedCache { FailingOperation = failingOperation };
        await using var embedder = new CachedEmbedder(_generator, storage, new() { LocalCapacity = 0 }, Services());
        string[][] batches = [["a", "b"], ["b", "c"], ["a", "b", "c"], ["c"]];
        foreach (var batch in batches)
        {
            var result = await embedder.GenerateAsync(batch, cancellationToken: Token);

            Assert.Equal(batch.Select(_generator.Vector), result.Select(embedding => embedding.Vector.ToArray()));
            await embedder.FlushAsync();
        }

        await embedder.RemoveAsync("a", cancellationToken: Token);
        return storage.Operations;
    }

    private CachedEmbedder Create() => new(_generator, _storage, new() { LocalCapacity = 0 }, Services());

    private TestServices Services() => new TestServices()
        .Add<TimeProvider>(_time)
        .Add<ILoggerFactory>(new LoggerFactory([new FakeLoggerProvider(_log)]));
}
