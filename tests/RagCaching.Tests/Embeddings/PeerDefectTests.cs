using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

/// <summary>What goes wrong with <c>UseDistributedCache</c> of Microsoft.Extensions.AI 10.11, one test for each defect.</summary>
public sealed class PeerDefectTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly ChaosDistributedCache _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoModelsSharingAStorage_GetTheirOwnVectors()
    {
        var other = new TestEmbeddingGenerator { Metadata = new("test", new Uri("http://localhost"), "another-model"), Vector = _ => [1, 2] };
        await using var first = Create(_generator);
        await using var second = Create(other);
        await first.GenerateAsync(["text"], cancellationToken: Token);
        await first.FlushAsync();

        var vector = await second.GenerateVectorAsync("text", cancellationToken: Token);

        Assert.Equal(new float[] { 1, 2 }, vector.ToArray());
    }

    [Fact]
    public async Task DuplicateInputsOfABatch_AreSentOnce()
    {
        await using var embedder = Create(_generator);

        await embedder.GenerateAsync(["text", "text", "text"], cancellationToken: Token);

        Assert.Equal(["text"], Assert.Single(_generator.Batches));
    }

    [Fact]
    public async Task ReadsOfABatch_AreUnderWayAtTheSameTime()
    {
        var allThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _storage.Before = () =>
        {
            if (_storage.Reads == 20)
            {
                allThere.TrySetResult();
            }

            return allThere.Task;
        };
        await using var embedder = Create(_generator);

        // Ends only if the twentieth read begins while the first still waits.
        await embedder.GenerateAsync(Enumerable.Range(0, 20).Select(i => $"text {i}"), cancellationToken: Token);

        Assert.Equal(20, _storage.Reads);
    }

    [Fact]
    public async Task WritesOfABatch_DoNotKeepTheCallerWaiting()
    {
        _storage.WriteFault = FaultKind.IgnoresItsToken;
        await using var embedder = new CachedEmbedder(_generator, _storage, services: new TestServices().Add<TimeProvider>(new FakeTimeProvider()));

        Assert.Equal(20, (await embedder.GenerateAsync(Enumerable.Range(0, 20).Select(i => $"text {i}"), cancellationToken: Token)).Count);

        _storage.Release.SetResult();
    }

    [Fact]
    public async Task ConcurrentCallersOfOneText_MakeOneCall()
    {
        var gated = new GatedGenerator();
        await using var embedder = Create(gated.Inner);
        var calls = Enumerable.Range(0, 100).Select(_ => embedder.GenerateAsync(["text"], cancellationToken: Token)).ToArray();

        gated.Open();
        await Task.WhenAll(calls);

        Assert.Equal(1, gated.Inner.Calls);
    }

    [Fact]
    public async Task StorageDownOnRead_IsAMiss()
    {
        _storage.ReadFault = FaultKind.FailsAtOnce;
        await using var embedder = Create(_generator);

        Assert.Single(await embedder.GenerateAsync(["text"], cancellationToken: Token));
    }

    [Fact]
    public async Task StorageDownOnWrite_DoesNotLoseWhatWasPaidFor()
    {
        _storage.WriteFault = FaultKind.FailsAtOnce;
        await using var embedder = Create(_generator);

        Assert.Single(await embedder.GenerateAsync(["text"], cancellationToken: Token));
    }

    [Fact]
    public async Task TruncatedEntry_IsAMissOnceAndThenReplaced()
    {
        await using var embedder = Create(_generator);
        await embedder.GenerateAsync(["text"], cancellationToken: Token);
        await embedder.FlushAsync();
        var (key, entry) = Assert.Single(_storage.Entries);

        for (var length = 0; length < entry.Length; length++)
        {
            _storage.Entries[key] = entry[..length];
            Assert.Equal(_generator.Vector("text"), (await embedder.GenerateVectorAsync("text", cancellationToken: Token)).ToArray());
            await embedder.FlushAsync();
            Assert.Equal(entry.Length, _storage.Entries[key].Length);
        }

        Assert.Equal(1 + entry.Length, _generator.Calls);
    }

    [Fact]
    public async Task GeneratorThatAnswersShort_ThrowsInsteadOfReturningNulls()
    {
        _generator.GenerateCallback = (batch, _, _) => Task.FromResult(_generator.Generate([.. batch.Skip(1)]));
        await using var embedder = Create(_generator);

        await Assert.ThrowsAsync<InvalidOperationException>(() => embedder.GenerateAsync(["a", "b"], cancellationToken: Token));
    }

    [Fact]
    public async Task UsageOfABatch_IsKept()
    {
        await using var embedder = Create(_generator);

        var result = await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);

        Assert.Equal(2, result.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task EveryEntry_Expires()
    {
        await using var embedder = Create(_generator);

        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.All(_storage.EntryOptions.Values, options => Assert.InRange(options.AbsoluteExpirationRelativeToNow!.Value.TotalHours, 21.6, 26.4));
    }

    [Fact]
    public async Task StoredVectorOf1536Floats_TakesLittleMoreThanItsBytes()
    {
        _generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, 1536);
        await using var embedder = Create(_generator);

        await embedder.GenerateAsync(["text"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.InRange(Assert.Single(_storage.Entries.Values).Length, 6144, 6144 * 102 / 100);
    }

    [Fact]
    public async Task HitInTheLocalTier_AllocatesAtMost400Bytes()
    {
        _generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, 1536);
        await using var embedder = new CachedEmbedder(_generator);
        string[] texts = ["text"];

        var bytes = await AllocatedPerCallAsync(() => embedder.GenerateAsync(texts, cancellationToken: Token));

        Assert.InRange(bytes, 1, 400);
    }

    [Fact]
    public async Task HitInTheLocalTier_AskedForItsVectorOnly_AllocatesNothing()
    {
        await using var embedder = new CachedEmbedder(_generator);

        var bytes = await AllocatedPerCallAsync(() =>
        {
            var vector = embedder.GenerateVectorAsync("text", cancellationToken: Token);
            Assert.True(vector.IsCompletedSuccessfully);
            return Task.CompletedTask;
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task HitInTheStorage_AllocatesTheVectorAndAtMostOneKilobyte()
    {
        _generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, 1536);
        IDistributedCache memory = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        await using var embedder = new CachedEmbedder(_generator, memory, new() { LocalCapacity = 0 });
        string[] texts = ["text"];
        await embedder.GenerateAsync(texts, cancellationToken: Token);
        await embedder.FlushAsync();

        var bytes = await AllocatedPerCallAsync(() => embedder.GenerateAsync(texts, cancellationToken: Token));

        // An array of 1,536 floats with its header.
        const int Vector = 24 + 6144;
        Assert.InRange(bytes, Vector, Vector + 1024);
        Assert.Equal(1, _generator.Calls);
    }

    private CachedEmbedder Create(TestEmbeddingGenerator generator) => new(generator, _storage, new() { LocalCapacity = 0 });

    // The calls must complete on this thread, since only its allocations are counted.
    private static async Task<long> AllocatedPerCallAsync(Func<Task> call)
    {
        const int Calls = 500;
        for (var i = 0; i < Calls; i++)
        {
            await call();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            var task = call();
            Assert.True(task.IsCompletedSuccessfully);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
