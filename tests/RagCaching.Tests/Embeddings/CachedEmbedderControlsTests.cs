using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderControlsTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly ChaosDistributedCache _storage = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_Bypass_NeitherReadsNorWrites()
    {
        await using var embedder = Create();
        var bypass = new EmbeddingGenerationOptions().WithEmbeddingCache(EmbeddingCacheMode.Bypass);

        await embedder.GenerateAsync(["a"], bypass, Token);
        await embedder.GenerateAsync(["a"], bypass, Token);
        await embedder.FlushAsync();

        Assert.Equal(2, _generator.Calls);
        Assert.Equal(0, _storage.Operations);
    }

    [Fact]
    public async Task GenerateAsync_Refresh_ReplacesWhatIsCached()
    {
        await using var embedder = Create();
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        _generator.Vector = _ => [9, 9];

        await embedder.GenerateAsync(["a"], new EmbeddingGenerationOptions().WithEmbeddingCache(EmbeddingCacheMode.Refresh), Token);
        await embedder.FlushAsync();

        Assert.Equal(new float[] { 9, 9 }, (await embedder.GenerateVectorAsync("a", cancellationToken: Token)).ToArray());
        await using var other = Create();
        Assert.Equal(new float[] { 9, 9 }, (await other.GenerateVectorAsync("a", cancellationToken: Token)).ToArray());
        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_RefreshWhileTheOldVectorIsBeingWritten_TheNewOneStays()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _storage.Before = () => _storage.Writes == 1 ? gate.Task : Task.CompletedTask;
        await using var embedder = Create();
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await Eventually.HoldsAsync(() => _storage.Writes == 1, "The first write");
        _generator.Vector = _ => [9, 9];

        await embedder.GenerateAsync(["a"], new EmbeddingGenerationOptions().WithEmbeddingCache(EmbeddingCacheMode.Refresh), Token);
        gate.SetResult();
        await embedder.FlushAsync();

        await using var other = Create();
        Assert.Equal(new float[] { 9, 9 }, (await other.GenerateVectorAsync("a", cancellationToken: Token)).ToArray());
    }

    [Fact]
    public async Task GenerateAsync_TimeToLive_IsThatOfTheRequestAndNotInTheKey()
    {
        await using var embedder = Create();

        await embedder.GenerateAsync(["a"], new EmbeddingGenerationOptions().WithEmbeddingCache(timeToLive: TimeSpan.FromMinutes(1)), Token);
        _time.Advance(TimeSpan.FromSeconds(53));
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal(1, _generator.Calls);
        _time.Advance(TimeSpan.FromSeconds(14));
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_Controls_NeverReachTheGenerator()
    {
        var seen = new List<EmbeddingGenerationOptions?>();
        _generator.GenerateCallback = (batch, options, _) =>
        {
            seen.Add(options);
            return Task.FromResult(_generator.Generate(batch));
        };
        await using var embedder = Create();
        var options = new EmbeddingGenerationOptions { Dimensions = 3, AdditionalProperties = new() { ["user"] = "u" } };

        foreach (var mode in Enum.GetValues<EmbeddingCacheMode>())
        {
            await embedder.GenerateAsync(["a"], options.WithEmbeddingCache(mode, TimeSpan.FromMinutes(1)), Token);
        }

        Assert.Equal(3, seen.Count);
        Assert.All(seen, options => Assert.Equal(["user"], options?.AdditionalProperties?.Keys));
        Assert.All(seen, options => Assert.Equal(3, options?.Dimensions));
        Assert.Equal(["user"], options.AdditionalProperties.Keys);
    }

    [Theory]
    [InlineData("ragcaching.mode", "sometimes")]
    [InlineData("ragcaching.mode", 1)]
    [InlineData("ragcaching.ttl", 0)]
    [InlineData("ragcaching.ttl", -1.5)]
    [InlineData("ragcaching.ttl", double.NaN)]
    [InlineData("ragcaching.ttl", "60")]
    public async Task GenerateAsync_ControlOutOfRange_ThrowsAtTheCallAndNamesIt(string name, object value)
    {
        await using var embedder = Create();
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { [name] = value } };

        var exception = Assert.Throws<ArgumentException>(() => { _ = embedder.GenerateAsync(["a"], options, Token); });

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithEmbeddingCache_ValuesOutOfRange_Throws()
    {
        var options = new EmbeddingGenerationOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.WithEmbeddingCache((EmbeddingCacheMode)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.WithEmbeddingCache(timeToLive: TimeSpan.Zero));
        Assert.Throws<ArgumentNullException>(() => default(EmbeddingGenerationOptions)!.WithEmbeddingCache());
    }

    private CachedEmbedder Create() => new(_generator, _storage, services: new TestServices().Add<TimeProvider>(_time));
}
