using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderTelemetryTests
{
    private readonly TestEmbeddingGenerator _generator = new();
    private readonly ChaosDistributedCache _storage = new();
    private readonly TestMeterFactory _meters = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_HitsMissesAndBypasses_AreCountedByReason()
    {
        using var requests = Collect<long>("ragcaching.cache.requests");
        await using var embedder = Create();
        _generator.Vector = text => text == "zero" ? new float[16] : TestEmbeddingGenerator.RandomVector(text, 16);

        await embedder.GenerateAsync(["a", "b", "a", " ", "zero", new string('x', 40_000)], cancellationToken: Token);
        await embedder.GenerateVectorAsync("a", cancellationToken: Token);
        await embedder.FlushAsync();
        await using (var other = Create())
        {
            await other.GenerateVectorAsync("a", cancellationToken: Token);
        }

        await embedder.GenerateAsync(["a"], new EmbeddingGenerationOptions().WithEmbeddingCache(EmbeddingCacheMode.Bypass), Token);
        await embedder.GenerateAsync(["a"], new() { RawRepresentationFactory = _ => null }, Token);

        Assert.Equal(
            [
                "bypass blank 1", "bypass options 1", "bypass requested 1", "bypass too_long 1", "bypass vector 1",
                "hit joined 1", "hit local 1", "hit storage 1", "miss  2",
            ],
            requests.GetMeasurementSnapshot()
                .Select(m => $"{m.Tags["ragcaching.cache.request.result"]} {m.Tags.GetValueOrDefault("ragcaching.cache.request.reason")} {m.Value}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Entries_OfTheLocalTier_AreReportedWithoutASize()
    {
        using var entries = Collect<long>("ragcaching.cache.entries");
        using var size = Collect<long>("ragcaching.cache.size");
        await using var embedder = Create();
        await embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Token);

        entries.RecordObservableInstruments();
        size.RecordObservableInstruments();

        var measured = Assert.Single(entries.GetMeasurementSnapshot());
        Assert.Equal(3, measured.Value);
        Assert.Equal("embedding", measured.Tags["ragcaching.cache.kind"]);
        Assert.Empty(size.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task GenerateAsync_AWholeRequestOfHits_SavesOneCall()
    {
        using var saved = Collect<long>("ragcaching.cache.saved.calls");
        await using var embedder = Create();
        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);
        Assert.Empty(saved.GetMeasurementSnapshot());

        await embedder.GenerateAsync(["a", "b"], cancellationToken: Token);

        Assert.Equal(1, Assert.Single(saved.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task GenerateAsync_AnyLookup_IsTimed()
    {
        using var durations = Collect<double>("ragcaching.cache.lookup.duration");
        await using var embedder = Create();

        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await embedder.GenerateAsync(["a"], cancellationToken: Token);

        Assert.Equal(["miss", "hit"], durations.GetMeasurementSnapshot().Select(m => m.Tags["ragcaching.cache.request.result"]));
    }

    [Fact]
    public async Task GenerateAsync_StorageFailures_AreCountedByOperationAndType()
    {
        using var failures = Collect<long>("ragcaching.cache.failures");
        _storage.ReadFault = FaultKind.FailsAtOnce;
        _storage.WriteFault = FaultKind.ThrowsAtOnce;
        await using var embedder = Create();

        await embedder.GenerateAsync(["a"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.Equal(
            ["read System.IO.IOException", "write System.IO.IOException"],
            failures.GetMeasurementSnapshot().Select(m => $"{m.Tags["ragcaching.operation"]} {m.Tags["error.type"]}"));
    }

    [Fact]
    public async Task EveryPath_WithASecretText_KeepsItOutOfLogsMetricsKeysAndExceptions()
    {
        const string Secret = "the patient's name is Zebra";
        var log = new FakeLogCollector();
        var tags = new ConcurrentQueue<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // Only this test's own: others run at the same time.
            if (instrument.Meter.Scope == _meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, measured, _) => Note(measured));
        listener.SetMeasurementEventCallback<double>((_, _, measured, _) => Note(measured));
        listener.Start();
        var services = new TestServices().Add<IMeterFactory>(_meters).Add<ILoggerFactory>(new LoggerFactory([new FakeLoggerProvider(log)]));
        await using var embedder = new CachedEmbedder(_generator, _storage, new() { LocalCapacity = 0 }, services);

        await embedder.GenerateAsync([Secret], cancellationToken: Token);
        await embedder.FlushAsync();
        var stored = Assert.Single(_storage.Entries);
        _storage.Entries[stored.Key] = [1, 2, 3];
        await embedder.GenerateAsync([Secret], cancellationToken: Token);
        await embedder.FlushAsync();
        _storage.ReadFault = FaultKind.FailsAtOnce;
        await embedder.GenerateAsync([Secret], cancellationToken: Token);
        await embedder.FlushAsync();
        _generator.GenerateCallback = (_, _, _) => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>());
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => embedder.GenerateAsync([Secret], cancellationToken: Token));

        Assert.NotEmpty(tags);
        Assert.NotEmpty(log.GetSnapshot());
        var everything = string.Join('\n', [.. log.GetSnapshot().Select(record => $"{record.Message} {record.Exception}"), .. tags, stored.Key, exception]);
        Assert.DoesNotContain("Zebra", everything, StringComparison.OrdinalIgnoreCase);

        void Note(ReadOnlySpan<KeyValuePair<string, object?>> measured)
        {
            foreach (var tag in measured)
            {
                tags.Enqueue(tag.Value);
            }
        }
    }

    private CachedEmbedder Create() => new(_generator, _storage, services: new TestServices().Add<IMeterFactory>(_meters));

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_meters, RagCachingDiagnostics.MeterName, instrument);
}
