using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>A text far above every limit passes by without being copied.</summary>
public sealed class HugeTextTests
{
    // Ten megabytes; a copy of it, or of its bytes, would be a hundred times the bound.
    private static readonly string Huge = new('x', 5 << 20);

    private const int MostBytes = 80_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreate_TenMegabytes_BypassesWithoutACopy()
    {
        using var fixture = new CacheFixture();
        var answer = CacheFixture.Answer("an answer");
        await fixture.Cache.GetOrCreateAsync(Huge, (_, _) => Task.FromResult(answer), Token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var asking = fixture.Cache.GetOrCreateAsync(Huge, (_, _) => Task.FromResult(answer), Token);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(asking.IsCompleted);
        Assert.Equal(SemanticCacheReason.QuestionTooLong, (await asking).Reason);
        Assert.InRange(allocated, 0, MostBytes);
    }

    [Fact]
    public async Task Generate_TenMegabytes_PassesThroughWithoutACopy()
    {
        var generator = new TestEmbeddingGenerator { Vector = _ => [1, 2] };
        await using var embedder = new CachedEmbedder(generator, new ChaosDistributedCache());
        await embedder.GenerateAsync([Huge], cancellationToken: Token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var generating = embedder.GenerateAsync([Huge], cancellationToken: Token);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(generating.IsCompleted);
        Assert.Same(Huge, generator.Batches[^1][0]);
        Assert.Equal(2, generator.Calls);
        Assert.InRange(allocated, 0, MostBytes);
        await generating;
    }
}
