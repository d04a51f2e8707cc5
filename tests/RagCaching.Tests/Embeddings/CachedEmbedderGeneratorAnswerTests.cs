using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderGeneratorAnswerTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly ChaosDistributedCache _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task GenerateAsync_WrongCount_ThrowsNamingBothAndCachesNothing(int count)
    {
        _generator.GenerateCallback = (_, _, _) => Task.FromResult(_generator.Generate([.. Enumerable.Repeat("x", count)]));
        await using var embedder = new CachedEmbedder(_generator, _storage);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token));
        await embedder.FlushAsync();

        Assert.Contains("3 texts", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{count} embeddings", exception.Message, StringComparison.Ordinal);
        await AssertNothingIsCachedAsync(embedder, "a", "b", "c");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task GenerateAsync_NullInTheAnswer_ThrowsAndCachesNothing(int index)
    {
        _generator.GenerateCallback = (batch, _, _) =>
        {
            var result = _generator.Generate(batch);
            result[index] = null!;
            return Task.FromResult(result);
        };
        await using var embedder = new CachedEmbedder(_generator, _storage);

        await Assert.ThrowsAsync<InvalidOperationException>(() => embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token));

        await AssertNothingIsCachedAsync(embedder, "a", "b", "c");
    }

    [Fact]
    public async Task GenerateAsync_NoAnswerAtAll_Throws()
    {
        _generator.GenerateCallback = (_, _, _) => Task.FromResult<GeneratedEmbeddings<Embedding<float>>>(null!);
        await using var embedder = new CachedEmbedder(_generator, _storage);

        await Assert.ThrowsAsync<InvalidOperationException>(() => embedder.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task GenerateAsync_UnusableVectorAtEveryPosition_PassesThroughUncached()
    {
        float[] bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        foreach (var value in bad)
        {
            for (var position = 0; position < 33; position++)
            {
                var vector = Enumerable.Repeat(1f, 33).ToArray();
                vector[position] = value;
                await AssertPassesThroughAsync(vector);
            }
        }
    }

    [Theory]
    [InlineData(0, 0f)]
    [InlineData(1, 0f)]
    [InlineData(100, 0f)]
    [InlineData(100, float.Epsilon)]
    [InlineData(2, 1e-25f)]
    [InlineData(2, 1e25f)]
    public async Task GenerateAsync_VectorWithoutALength_PassesThroughUncached(int dimensions, float value)
    {
        await AssertPassesThroughAsync([.. Enumerable.Repeat(value, dimensions)]);
    }

    [Fact]
    public async Task GenerateAsync_OneUnusableVectorInABatch_TheOthersAreCached()
    {
        _generator.Vector = text => text == "bad" ? new float[16] : TestEmbeddingGenerator.RandomVector(text, 16);
        await using var embedder = new CachedEmbedder(_generator, _storage);

        await embedder.GenerateAsync(["a", "bad", "b"], cancellationToken: Token);
        await embedder.GenerateAsync(["a", "bad", "b"], cancellationToken: Token);

        Assert.Equal(["bad"], _generator.Batches[1]);
    }

    [Fact]
    public async Task GenerateAsync_DimensionsChangeBetweenCalls_NoAnswerMixesThem()
    {
        await using var embedder = new CachedEmbedder(_generator, _storage);
        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        await embedder.FlushAsync();

        _generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, 8);
        var mixed = await embedder.GenerateAsync(["a", "new", "b"], cancellationToken: Token);
        await embedder.FlushAsync();
        var later = await embedder.GenerateAsync(["a", "new", "b"], cancellationToken: Token);

        Assert.All(mixed, embedding => Assert.Equal(8, embedding.Vector.Length));
        Assert.All(later, embedding => Assert.Equal(8, embedding.Vector.Length));
        Assert.Equal([["a", "b"], ["new"], ["a", "b"]], _generator.Batches);
    }

    [Fact]
    public async Task GenerateAsync_DimensionsDifferWithinOneAnswer_PassesThroughUncached()
    {
        _generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, text.Length);
        await using var embedder = new CachedEmbedder(_generator, _storage);

        var result = await embedder.GenerateAsync(["a", "bb"], cancellationToken: Token);

        Assert.Equal([1, 2], result.Select(embedding => embedding.Vector.Length));
        await AssertNothingIsCachedAsync(embedder, "a", "bb");
    }

    private async Task AssertPassesThroughAsync(float[] vector)
    {
        _generator.Vector = _ => vector;
        await using var embedder = new CachedEmbedder(_generator, _storage);
        var before = _generator.Calls;

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(vector, (await embedder.GenerateVectorAsync("a", cancellationToken: Token)).ToArray());
        }

        await embedder.FlushAsync();
        Assert.Equal(before + 2, _generator.Calls);
        Assert.Empty(_storage.Entries);
    }

    private async Task AssertNothingIsCachedAsync(CachedEmbedder embedder, params string[] texts)
    {
        await embedder.FlushAsync();
        Assert.Empty(_storage.Entries);

        _generator.GenerateCallback = null;
        await embedder.GenerateAsync(texts, cancellationToken: Token);
        Assert.Equal(texts, _generator.Batches[^1]);
    }
}
