using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly ChaosDistributedCache _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_SameTextTwice_AsksTheGeneratorOnce()
    {
        await using var embedder = new CachedEmbedder(_generator);

        var first = await embedder.GenerateAsync(["question"], cancellationToken: Token);
        var second = await embedder.GenerateAsync(["question"], cancellationToken: Token);

        Assert.Equal(1, _generator.Calls);
        Assert.Equal(first[0].Vector.ToArray(), second[0].Vector.ToArray());
    }

    [Fact]
    public async Task GenerateVectorAsync_AfterGenerateAsync_IsAHitThatCompletesAtOnce()
    {
        await using var embedder = new CachedEmbedder(_generator);
        await embedder.GenerateAsync(["question"], cancellationToken: Token);

        var vector = embedder.GenerateVectorAsync("question", cancellationToken: Token);

        Assert.True(vector.IsCompletedSuccessfully);
        Assert.Equal(_generator.Vector("question"), (await vector).ToArray());
        Assert.Equal(1, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_BatchWithDuplicatesAndHits_SendsEachMissOnceAndKeepsTheOrder()
    {
        await using var embedder = new CachedEmbedder(_generator);
        await embedder.GenerateAsync(["b"], cancellationToken: Token);

        var result = await embedder.GenerateAsync(["a", "b", "a", "c", "b", "a"], cancellationToken: Token);

        Assert.Equal(["a", "c"], _generator.Batches[1]);
        Assert.Equal(["a", "b", "a", "c", "b", "a"], result.Select(TextOf));

        string TextOf(Embedding<float> embedding) => new[] { "a", "b", "c" }.Single(text => embedding.Vector.Span.SequenceEqual(_generator.Vector(text)));
    }

    [Fact]
    public async Task GenerateAsync_NoTexts_ReturnsNothingWithoutACall()
    {
        await using var embedder = new CachedEmbedder(_generator);

        Assert.Empty(await embedder.GenerateAsync([], cancellationToken: Token));
        Assert.Equal(0, _generator.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0")]
    public async Task GenerateAsync_BlankText_PassesThroughUncached(string text)
    {
        await using var embedder = new CachedEmbedder(_generator, _storage);

        await embedder.GenerateAsync([text], cancellationToken: Token);
        await embedder.GenerateAsync([text, "question"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.Equal([[text], [text, "question"]], _generator.Batches);
        Assert.Single(_storage.Entries);
    }

    [Fact]
    public async Task GenerateAsync_TextOfTheGreatestLength_IsCachedAndALongerOneIsNot()
    {
        await using var embedder = new CachedEmbedder(_generator);
        var longest = new string('x', CachedEmbedderOptions.MaxTextLength);

        for (var i = 0; i < 2; i++)
        {
            await embedder.GenerateAsync([longest], cancellationToken: Token);
            await embedder.GenerateAsync([longest + "y"], cancellationToken: Token);
        }

        Assert.Equal(3, _generator.Calls);
        Assert.Equal(CachedEmbedderOptions.MaxTextLength + 1, _generator.Batches[^1][0].Length);
    }

    [Fact]
    public async Task GenerateAsync_NullAmongTheTexts_ThrowsAtTheCallAndNamesTheIndex()
    {
        await using var embedder = new CachedEmbedder(_generator);

        var exception = Assert.Throws<ArgumentException>(() => { _ = embedder.GenerateAsync(["a", null!], cancellationToken: Token); });

        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => { _ = embedder.GenerateAsync(null!, cancellationToken: Token); });
        Assert.Throws<ArgumentNullException>(() => { _ = embedder.GenerateVectorAsync(null!, cancellationToken: Token).AsTask(); });
    }

    [Fact]
    public async Task GenerateAsync_PartlyHit_ReportsTheUsageAndPropertiesOfTheRealCallOnly()
    {
        _generator.GenerateCallback = (batch, _, _) =>
        {
            var result = _generator.Generate(batch);
            result.AdditionalProperties = new() { ["request"] = "r1" };
            return Task.FromResult(result);
        };
        await using var embedder = new CachedEmbedder(_generator);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        var partlyHit = await embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token);
        var hit = await embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token);

        Assert.Equal(2, partlyHit.Usage?.InputTokenCount);
        Assert.Equal("r1", partlyHit.AdditionalProperties?["request"]);
        Assert.Null(hit.Usage);
        Assert.Null(hit.AdditionalProperties);
    }

    [Fact]
    public async Task GenerateAsync_MaxBatchSize_SplitsTheMissesAndSumsTheirUsage()
    {
        await using var embedder = new CachedEmbedder(_generator, options: new() { MaxBatchSize = 2 });

        var result = await embedder.GenerateAsync(["a", "b", "c", "d", "e"], cancellationToken: Token);

        Assert.Equal([["a", "b"], ["c", "d"], ["e"]], _generator.Batches);
        Assert.Equal(5, result.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task GenerateAsync_Hit_TellsModelAndTimeOfGeneration()
    {
        await using var embedder = new CachedEmbedder(_generator);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        var hit = await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal("test-model", hit[0].ModelId);
        Assert.NotNull(hit[0].CreatedAt);
    }

    [Fact]
    public async Task GenerateAsync_GeneratorReusesItsMemory_CachedVectorsStayAsTheyWere()
    {
        var memory = new float[] { 1, 2, 3, 4 };
        _generator.GenerateCallback = (_, _, _) => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(memory)]));
        await using var embedder = new CachedEmbedder(_generator);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Array.Clear(memory);

        Assert.Equal(new float[] { 1, 2, 3, 4 }, (await embedder.GenerateVectorAsync("a", cancellationToken: Token)).ToArray());
    }

    [Fact]
    public async Task GenerateAsync_GeneratorThrows_TheCallerSeesItAndTheNextCallTriesAgain()
    {
        _generator.GenerateCallback = (_, _, _) => throw new HttpRequestException("no");
        await using var embedder = new CachedEmbedder(_generator, _storage);

        await Assert.ThrowsAsync<HttpRequestException>(() => embedder.GenerateAsync(["a"], cancellationToken: Token));
        _generator.GenerateCallback = null;
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task RemoveAsync_CachedText_IsGeneratedAnew()
    {
        await using var embedder = new CachedEmbedder(_generator, _storage);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await embedder.FlushAsync();

        await embedder.RemoveAsync("a", cancellationToken: Token);

        Assert.Empty(_storage.Entries);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task RemoveAsync_WhileTheTextIsGenerated_ItsVectorIsNotKept()
    {
        var gate = new TaskCompletionSource();
        _generator.GenerateCallback = async (batch, _, _) =>
        {
            await gate.Task;
            return _generator.Generate(batch);
        };
        await using var embedder = new CachedEmbedder(_generator, _storage);
        var generation = embedder.GenerateAsync(["a"], cancellationToken: Token);

        await embedder.RemoveAsync("a", cancellationToken: Token);
        gate.SetResult();
        await generation;
        await embedder.FlushAsync();

        Assert.Empty(_storage.Entries);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task RemoveAsync_WhileTheVectorIsBeingWritten_TheStorageEndsWithoutIt()
    {
        var writing = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        await using var embedder = new CachedEmbedder(_generator, _storage);
        _storage.Before = async () =>
        {
            if (_storage.Writes == 1 && _storage.Removals == 0)
            {
                writing.SetResult();
                await gate.Task;
            }
        };
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await writing.Task;

        await embedder.RemoveAsync("a", cancellationToken: Token);
        gate.SetResult();
        await embedder.FlushAsync();

        Assert.Equal(1, _storage.Writes);
        Assert.Empty(_storage.Entries);
    }

    [Fact]
    public async Task GetService_MetadataAndInterfaces_TellWhatTheCacheKnows()
    {
        await using var plain = new CachedEmbedder(_generator);
        await using var named = new CachedEmbedder(_generator, options: new() { ModelId = "ours" });

        Assert.Equal("test-model", plain.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId);
        var metadata = named.GetService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("test", "ours", 16), (metadata?.ProviderName, metadata?.DefaultModelId, metadata?.DefaultModelDimensions));
        Assert.Same(plain, plain.GetService<ICachedEmbedder>());
        Assert.Same(_generator, plain.GetService<TestEmbeddingGenerator>());
    }
}
