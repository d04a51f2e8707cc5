using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderDisposalTests
{
    private readonly GatedGenerator _gated = new();
    private readonly ChaosDistributedCache _storage = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DisposeAsync_WithCallsUnderWay_WaitsForThemAndForTheirWrites()
    {
        var embedder = Create();
        var call = embedder.GenerateAsync(["a"], cancellationToken: Token);

        var disposal = embedder.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        Assert.False(_gated.Inner.Disposed);
        _gated.Open();
        await disposal;

        Assert.Single(await call);
        Assert.Single(_storage.Entries);
        Assert.True(_gated.Inner.Disposed);
    }

    [Fact]
    public async Task DisposeAsync_AGeneratorThatNeverAnswers_GivesUpAfterFiveSeconds()
    {
        var embedder = Create();
        _ = embedder.GenerateAsync(["a"], cancellationToken: Token);

        var disposal = embedder.DisposeAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(5));
        await disposal;

        Assert.True(_gated.Inner.Disposed);
        _gated.Open();
    }

    [Fact]
    public async Task DisposeAsync_ManyWritesToASlowStorage_DropsWhatIsLeftAfterFiveSeconds()
    {
        var embedder = new CachedEmbedder(_gated.Inner, _storage, new() { StorageConcurrency = 1, StorageWriteTimeout = TimeSpan.FromSeconds(30) }, Services());
        _storage.WriteFault = FaultKind.HangsUntilCancelled;
        _gated.Open();
        await embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token);

        var disposal = embedder.DisposeAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(5));
        await disposal;
        _storage.Release.SetResult();
        await embedder.FlushAsync();

        Assert.InRange(_storage.Writes, 0, 1);
    }

    [Fact]
    public async Task Dispose_QueuedWrites_StillReachTheStorage()
    {
        _gated.Open();
        var embedder = Create();
        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);

        embedder.Dispose();
        await embedder.FlushAsync();

        Assert.Equal(2, _storage.Entries.Count);
        Assert.True(_gated.Inner.Disposed);
    }

    [Fact]
    public async Task AnyMember_AfterDisposal_ThrowsObjectDisposed()
    {
        var embedder = Create();
        embedder.Dispose();
        embedder.Dispose();
        await embedder.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => { _ = embedder.GenerateAsync(["a"], cancellationToken: Token); });
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await embedder.GenerateVectorAsync("a", cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await embedder.RemoveAsync("a", cancellationToken: Token));
    }

    private CachedEmbedder Create() => new(_gated.Inner, _storage, services: Services());

    private TestServices Services() => new TestServices().Add<TimeProvider>(_time);
}
