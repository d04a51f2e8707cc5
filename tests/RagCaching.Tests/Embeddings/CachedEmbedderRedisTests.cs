using System.Diagnostics;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using RagCaching.Tests.TestDoubles;
using StackExchange.Redis;

namespace RagCaching.Tests.Embeddings;

/// <summary>The storage tier on a real redis-server; time is real here, so nothing but upper bounds and counts is asserted.</summary>
public sealed class CachedEmbedderRedisTests
{
    private readonly TestEmbeddingGenerator _generator = new();

    // What the documentation recommends, for the tests in which the server fails.
    private const int ShortTimeout = 500;

    // For the others: a busy machine is not what they are about.
    private const int LongTimeout = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EmbeddingPrecision.Full)]
    [InlineData(EmbeddingPrecision.Half)]
    [InlineData(EmbeddingPrecision.Quantized)]
    public async Task GenerateAsync_WrittenByAnotherProcess_IsReadBack(EmbeddingPrecision precision)
    {
        await using var redis = await RedisServer.StartOrSkipAsync();
        using var cache = Connect(redis);
        var texts = Enumerable.Range(0, 100).Select(i => $"text {i}").ToArray();
        await using (var writer = new CachedEmbedder(new TestEmbeddingGenerator(), cache, Patient(precision)))
        {
            await writer.GenerateAsync(texts, cancellationToken: Token);
        }

        await using var reader = new CachedEmbedder(_generator, cache, Patient(precision));
        var result = await reader.GenerateAsync(texts, cancellationToken: Token);

        Assert.Equal(0, _generator.Calls);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.All(_generator.Vector(texts[i]).Zip(result[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1f / 127));
        }
    }

    [Fact]
    public async Task GenerateAsync_EntriesInRedis_CarryAnExpiry()
    {
        await using var redis = await RedisServer.StartOrSkipAsync();
        using var cache = Connect(redis);
        await using (var embedder = new CachedEmbedder(_generator, cache, Patient()))
        {
            await embedder.GenerateAsync(["text"], cancellationToken: Token);
        }

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ClientOptions(LongTimeout));
        var key = Assert.Single(await connection.GetServers()[0].KeysAsync().ToArrayAsync(Token));
        var life = await connection.GetDatabase().KeyTimeToLiveAsync(key);

        Assert.InRange(life!.Value.TotalHours, 21.5, 26.5);
    }

    [Fact]
    public async Task GenerateAsync_ServerFrozen_OneCallPaysTheLimitAndServiceComesBack()
    {
        await using var redis = await RedisServer.StartOrSkipAsync();
        using var inner = Connect(redis, ShortTimeout);
        var cache = new CountingDistributedCache(inner);
        await using var embedder = new CachedEmbedder(_generator, cache, new() { LocalCapacity = 0 });
        await embedder.GenerateAsync(["known"], cancellationToken: Token);
        await embedder.FlushAsync();

        await redis.FreezeAsync();
        var watch = Stopwatch.StartNew();
        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await AssertStorageIsSparedAsync(embedder, cache);

        await redis.ThawAsync();
        await AssertServiceReturnsAsync(embedder);
    }

    [Fact]
    public async Task GenerateAsync_ServerKilledAndStartedAgain_ServiceComesBack()
    {
        await using var redis = await RedisServer.StartOrSkipAsync();
        using var inner = Connect(redis, ShortTimeout);
        var cache = new CountingDistributedCache(inner);
        await using var embedder = new CachedEmbedder(_generator, cache, new() { LocalCapacity = 0 });
        await embedder.GenerateAsync(["known"], cancellationToken: Token);
        await embedder.FlushAsync();

        await redis.KillAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Single(await embedder.GenerateAsync([$"while down {i}"], cancellationToken: Token));
        }

        await AssertStorageIsSparedAsync(embedder, cache);
        await redis.StartAsync();
        await AssertServiceReturnsAsync(embedder);
    }

    [Fact]
    public async Task GenerateAsync_ServerOutOfMemory_WritesAreDroppedAndReadsGoOn()
    {
        await using var redis = await RedisServer.StartOrSkipAsync("--maxmemory", "4mb", "--maxmemory-policy", "noeviction");
        using var cache = Connect(redis);
        await using var embedder = new CachedEmbedder(_generator, cache, Patient());
        await embedder.GenerateAsync(["known"], cancellationToken: Token);
        await embedder.FlushAsync();
        _generator.Vector = text => TestEmbeddingGenerator.RandomVector(text, text == "known" ? 16 : 16_000);

        for (var i = 0; i < 100; i++)
        {
            Assert.Single(await embedder.GenerateAsync([$"large {i}"], new() { Dimensions = 16_000 }, Token));
            await embedder.FlushAsync();
        }

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ClientOptions(LongTimeout));
        Assert.InRange(await connection.GetServers()[0].DatabaseSizeAsync(), 1, 100);
        await embedder.GenerateAsync(["known"], cancellationToken: Token);
        Assert.Equal(101, _generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_WrongTypeAtTheKey_IsAMissThatIsOverwritten()
    {
        await using var redis = await RedisServer.StartOrSkipAsync();
        using var cache = Connect(redis);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ClientOptions(LongTimeout));
        await using var embedder = new CachedEmbedder(_generator, cache, Patient());
        await embedder.GenerateAsync(["text"], cancellationToken: Token);
        await embedder.FlushAsync();
        var key = Assert.Single(await connection.GetServers()[0].KeysAsync().ToArrayAsync(Token));

        await connection.GetDatabase().KeyDeleteAsync(key);
        await connection.GetDatabase().ListLeftPushAsync(key, "something else");

        Assert.Single(await embedder.GenerateAsync(["text"], cancellationToken: Token));
        Assert.Equal(2, _generator.Calls);
        await embedder.FlushAsync();
        Assert.Equal(RedisType.Hash, await connection.GetDatabase().KeyTypeAsync(key));
        await embedder.GenerateAsync(["text"], cancellationToken: Token);
        Assert.Equal(2, _generator.Calls);
    }

    private static RedisCache Connect(RedisServer redis, int timeout = LongTimeout) =>
        new(new RedisCacheOptions { ConfigurationOptions = redis.ClientOptions(timeout) });

    private static CachedEmbedderOptions Patient(EmbeddingPrecision precision = EmbeddingPrecision.Full) => new()
    {
        LocalCapacity = 0,
        Precision = precision,
        StorageReadTimeout = TimeSpan.FromMilliseconds(LongTimeout),
        StorageWriteTimeout = TimeSpan.FromMilliseconds(LongTimeout),
    };

    // The breaker is open, so the only reads that still go out are probes, at most one in a second, and nobody waits for them.
    private static async Task AssertStorageIsSparedAsync(CachedEmbedder embedder, CountingDistributedCache cache)
    {
        var reads = cache.Reads;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++)
        {
            Assert.Single(await embedder.GenerateAsync([$"spared {i}"], cancellationToken: Token));
        }

        Assert.InRange(cache.Reads - reads, 0, 1 + (int)watch.Elapsed.TotalSeconds);
    }

    // Asks as a host would. A new text each time, so that what is returned can only come from the storage the second time.
    private async Task AssertServiceReturnsAsync(CachedEmbedder embedder)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; watch.Elapsed < TimeSpan.FromSeconds(10); i++)
        {
            await embedder.GenerateAsync([$"back {i}"], cancellationToken: Token);
            await embedder.FlushAsync();
            var calls = _generator.Calls;
            await embedder.GenerateAsync([$"back {i}"], cancellationToken: Token);
            if (_generator.Calls == calls)
            {
                TestContext.Current.SendDiagnosticMessage($"The storage was in use again after {watch.ElapsedMilliseconds} ms.");
                return;
            }

            await embedder.FlushAsync();
            await Task.Yield();
        }

        Assert.Fail("The storage was not used again within ten seconds of its return.");
    }
}
