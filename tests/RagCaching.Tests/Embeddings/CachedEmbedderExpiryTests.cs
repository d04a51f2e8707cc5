using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderExpiryTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly ChaosDistributedCache _storage = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task GenerateAsync_BeforeAndAfterTheTimeToLive_HitsAndMisses(int localCapacity)
    {
        await using var embedder = Create(localCapacity);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await embedder.FlushAsync();

        _time.Advance(TimeSpan.FromMinutes(53));
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal(1, _generator.Calls);
        _time.Advance(TimeSpan.FromMinutes(14));
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_ManyTexts_LiveUpToATenthLongerOrShorter()
    {
        await using var embedder = Create(localCapacity: 0);

        await embedder.GenerateAsync(Enumerable.Range(0, 200).Select(i => $"text {i}"), cancellationToken: Token);
        await embedder.FlushAsync();

        var lives = _storage.EntryOptions.Values.Select(options => options.AbsoluteExpirationRelativeToNow!.Value.TotalMinutes).ToArray();
        Assert.InRange(lives.Min(), 54, 55);
        Assert.InRange(lives.Max(), 65, 66);
        Assert.All(_storage.EntryOptions.Values, options => Assert.Null(options.SlidingExpiration));
    }

    [Fact]
    public async Task GenerateAsync_FoundInTheStorage_LivesNoLongerThanThere()
    {
        await using var writer = Create(localCapacity: 100);
        await writer.GenerateAsync(["a"], cancellationToken: Token);
        await writer.FlushAsync();
        _time.Advance(TimeSpan.FromMinutes(30));
        await using var reader = Create(localCapacity: 100);
        await reader.GenerateAsync(["a"], cancellationToken: Token);

        _time.Advance(TimeSpan.FromMinutes(37));
        await reader.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(2, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_WrittenByAClockFarAhead_IsAMiss()
    {
        _time.Advance(TimeSpan.FromMinutes(6));
        await using var writer = Create(localCapacity: 0);
        await writer.GenerateAsync(["a"], cancellationToken: Token);
        await writer.FlushAsync();
        var slow = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromMinutes(6));
        await using var reader = new CachedEmbedder(_generator, _storage, services: new TestServices().Add<TimeProvider>(slow));

        await reader.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(2, _generator.Calls);
    }

    private CachedEmbedder Create(int localCapacity) => new(
        _generator,
        _storage,
        new() { TimeToLive = TimeSpan.FromHours(1), LocalCapacity = localCapacity },
        new TestServices().Add<TimeProvider>(_time));
}
