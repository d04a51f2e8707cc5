using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using StackExchange.Redis;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>Hits in a real redis-server on loopback, against what its client alone needs for the same bytes. Needs redis-server on the PATH.</summary>
[MemoryDiagnoser]
public class RedisHitBenchmarks : IDisposable
{
    private const int Count = 100;

    private readonly string[] _texts = [.. Enumerable.Range(0, Count).Select(Caches.Text)];
    private readonly string[] _one = [Caches.Text(0)];
    private readonly EmbeddingVariant _variant = new(new Digest(new byte[Digest.SizeInBytes]), "seeded", isShareable: true);
    private string[] _keys = [];
    private Process? _server;
    private RedisCache? _redis;
    private CachedEmbedder? _embedder;

    [GlobalSetup]
    public async Task StartAsync()
    {
        var port = FreePort();
        _server = Process.Start("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"]);
        var configuration = new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, port } }, AbortOnConnectFail = false };
        _redis = new RedisCache(new RedisCacheOptions { ConfigurationOptions = configuration });
        await using (var writer = Caches.Ours(_redis, 0))
        {
            await writer.GenerateAsync(_texts);
        }

        await using var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        _keys = [.. connection.GetServers()[0].Keys().Select(key => key.ToString())];
        _embedder = Caches.Ours(_redis, 0);
        foreach (var text in _texts)
        {
            await WriteBareAsync(text);
        }
    }

    [Benchmark(Baseline = true)]
    public Task<byte[]?> RedisCacheOne() => _redis!.GetAsync(_keys[0]);

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedderOne() => _embedder!.GenerateAsync(_one);

    /// <summary>What no cache of this kind can leave out: the digest of the text, the read, and checking and copying what it returns.</summary>
    [Benchmark]
    public Task<float[]?> RedisCacheOneBareWork() => ReadBareAsync(_variant.DigestOf(_texts[0], default));

    [Benchmark]
    public Task<byte[]?[]> RedisCacheHundred() => Task.WhenAll(_keys.Select(key => _redis!.GetAsync(key)));

    [Benchmark]
    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedderHundred() => _embedder!.GenerateAsync(_texts);

    /// <summary>As <see cref="RedisCacheOneBareWork"/>, for a batch.</summary>
    [Benchmark]
    public Task<float[]?[]> RedisCacheHundredBareWork()
    {
        var keys = new Digest[Count];
        for (var i = 0; i < Count; i++)
        {
            keys[i] = _variant.DigestOf(_texts[i], default);
        }

        return Task.WhenAll(keys.Select(ReadBareAsync));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _embedder?.Dispose();
        _redis?.Dispose();
        _server?.Kill();
        _server?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<float[]?> ReadBareAsync(Digest key)
    {
        var bytes = await _redis!.GetAsync(key.ToText());
        return EmbeddingEnvelope.TryRead(bytes, EmbeddingPrecision.Full, _variant, key, out _, out _) ?? throw new InvalidOperationException("The entry is not there.");
    }

    private Task WriteBareAsync(string text)
    {
        var key = _variant.DigestOf(text, default);
        var vector = Enumerable.Range(1, Caches.Dimensions).Select(i => 1f / i).ToArray();
        var bytes = new byte[EmbeddingEnvelope.SizeFor(EmbeddingPrecision.Full, vector.Length)];
        EmbeddingEnvelope.Write(bytes, EmbeddingPrecision.Full, new CachedVector(vector, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0), _variant, key);
        return _redis!.SetAsync(key.ToText(), bytes);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
