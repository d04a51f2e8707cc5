using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

/// <summary>Embeddings in a storage that sees nothing but ciphertext.</summary>
public sealed class ProtectedEmbeddingsTests : IDisposable
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly TestMeterFactory _meters = new();
    private readonly TestProtector _protector = new();
    private ChaosDistributedCache _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _meters.Dispose();

    private CachedEmbedder Create(IPayloadProtector? protector, EmbeddingPrecision precision = EmbeddingPrecision.Full)
    {
        var services = new TestServices().Add<TimeProvider>(new FakeTimeProvider()).Add<System.Diagnostics.Metrics.IMeterFactory>(_meters);
        return new CachedEmbedder(_generator, _storage, new CachedEmbedderOptions { LocalCapacity = 0, Precision = precision }, protector is null ? services : services.Add(protector));
    }

    private async Task EmbedAsync(IPayloadProtector? protector, EmbeddingPrecision precision = EmbeddingPrecision.Full)
    {
        await using var embedder = Create(protector, precision);
        await embedder.GenerateAsync(["a zebra"], cancellationToken: Token);
        await embedder.FlushAsync();
    }

    private MetricCollector<long> Failures() => new(_meters, RagCachingDiagnostics.MeterName, "ragcaching.cache.failures");

    [Theory]
    [InlineData(false, EmbeddingPrecision.Full)]
    [InlineData(true, EmbeddingPrecision.Full)]
    [InlineData(false, EmbeddingPrecision.Half)]
    [InlineData(true, EmbeddingPrecision.Quantized)]
    public async Task Generate_WhatAnotherInstanceStored_IsReadFromThere(bool buffered, EmbeddingPrecision precision)
    {
        _storage = buffered ? new ChaosBufferDistributedCache() : _storage;
        await EmbedAsync(_protector, precision);
        await using var reader = Create(_protector, precision);

        var vector = await reader.GenerateVectorAsync("a zebra", cancellationToken: Token);

        Assert.Equal(1, _generator.Calls);
        Assert.Equal(_generator.Vector("a zebra").Length, vector.Length);
        Assert.False(StoredBytesSearch.HasVector(_storage.Entries.Values.Single(), _generator.Vector("a zebra")));
    }

    [Fact]
    public async Task Storage_WithoutProtection_HasTheVector_SoTheSearchFindsIt()
    {
        await EmbedAsync(protector: null);

        Assert.True(StoredBytesSearch.HasVector(_storage.Entries.Values.Single(), _generator.Vector("a zebra")));
    }

    [Theory]
    [InlineData("lost key")]
    [InlineData("plain")]
    [InlineData("truncated")]
    [InlineData("empty")]
    [InlineData("other key")]
    [InlineData("reader throws")]
    public async Task Generate_StoredCannotBeOpened_IsACountedMissAndIsWrittenAnew(string what)
    {
        await EmbedAsync(what == "plain" ? null : _protector);
        var (name, bytes) = _storage.Entries.Single();
        if (what == "other key")
        {
            // The bytes of another text, which is what an attacker could swap in.
            _storage.Entries.Clear();
            await using var other = Create(_protector);
            await other.GenerateAsync(["a lion"], cancellationToken: Token);
            await other.FlushAsync();
            bytes = _storage.Entries.Values.Single();
            _storage.Entries.Clear();
        }

        _storage.Entries[name] = what switch { "truncated" => bytes[..^1], "empty" => [], _ => bytes };
        var protector = what switch { "lost key" => new TestProtector(), "reader throws" => new TestProtector(_protector.Options.Keys["test"]) { UnprotectFault = new TimeoutException("the vault is away") }, _ => _protector };
        using var failures = Failures();
        var calls = _generator.Calls;

        await using var reader = Create(protector);
        await reader.GenerateAsync(["a zebra"], cancellationToken: Token);
        await reader.FlushAsync();

        Assert.Equal(calls + 1, _generator.Calls);
        Assert.Contains(failures.GetMeasurementSnapshot(), failure => (string)failure.Tags["error.type"]! == "not_unprotected");
        protector.UnprotectFault = null;
        await using var again = Create(protector);
        await again.GenerateAsync(["a zebra"], cancellationToken: Token);
        Assert.Equal(calls + 1, _generator.Calls);
    }

    [Fact]
    public async Task Generate_ProtectorThrowsOnWrite_ReturnsTheVectorAndStoresNothing()
    {
        using var failures = Failures();
        _protector.ProtectFault = new InvalidOperationException("the vault is away");

        await EmbedAsync(_protector);

        Assert.Empty(_storage.Entries);
        Assert.Contains(failures.GetMeasurementSnapshot(), failure => (string)failure.Tags["error.type"]! == "RagCaching.Protection.NotProtectedException");
    }
}
