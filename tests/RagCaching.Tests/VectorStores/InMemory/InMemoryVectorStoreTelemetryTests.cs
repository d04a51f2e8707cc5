using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Diagnostics;
using RagCaching.Tests.VectorStores.InMemory.Pruning;

namespace RagCaching.Tests.VectorStores.InMemory;

public sealed class InMemoryVectorStoreTelemetryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly ServiceProvider _services;

    public InMemoryVectorStoreTelemetryTests() =>
        _services = new ServiceCollection().AddMetrics().AddSingleton<TimeProvider>(_time).BuildServiceProvider();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task UpsertAsync_Evictions_AreCountedByReason()
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = 3, MaxBytes = 100 }, _services);
        using var evictions = Collect(TelemetryNames.Instruments.Evictions);

        await store.UpsertAsync(Entry("a", payload: 10, TimeSpan.FromMinutes(1)), Token);
        _time.Advance(TimeSpan.FromMinutes(1));
        await store.UpsertAsync(Entry("b", payload: 10, TimeSpan.FromHours(1)), Token);
        await store.UpsertAsync(Entry("c", payload: 10, TimeSpan.FromHours(1)), Token);
        await store.UpsertAsync(Entry("d", payload: 10, TimeSpan.FromHours(1)), Token);
        await store.UpsertAsync(Entry("e", payload: 10, TimeSpan.FromHours(1)), Token);
        await store.UpsertAsync(Entry("e", payload: 90, TimeSpan.FromHours(1)), Token);
        await store.RemoveAsync("partition", "e", Token);

        var reasons = evictions.GetMeasurementSnapshot().Select(measurement => (measurement.Value, measurement.Tags[TelemetryNames.Tags.EvictionReason]));
        Assert.Equal([(1, "expired"), (1, "capacity"), (1, "size")], reasons);
        Assert.All(evictions.GetMeasurementSnapshot(), measurement => Assert.Equal("default", measurement.Tags[TelemetryNames.Tags.CacheName]));
    }

    [Fact]
    public async Task Gauges_SeveralStores_ReportTheirSum()
    {
        using var first = new InMemoryVectorStore(services: _services);
        using var second = new InMemoryVectorStore(services: _services);
        await first.UpsertAsync(Entry("a", payload: 10, TimeSpan.FromHours(1)), Token);
        await second.UpsertAsync(Entry("b", payload: 20, TimeSpan.FromHours(1)), Token);

        Assert.Equal(2, Observe(TelemetryNames.Instruments.Entries));
        Assert.Equal(30, Observe(TelemetryNames.Instruments.Size));
    }

    [Fact]
    public async Task SearchAsync_IndexedPartition_CountsHowFarVectorsWereLookedAt()
    {
        using var store = new InMemoryVectorStore(services: _services);
        var source = new VectorSource(dimensions: 160, seed: 1);
        var vectors = Enumerable.Range(0, 1_000).Select(_ => source.Next()).ToArray();
        for (var i = 0; i < vectors.Length; i++)
        {
            await store.UpsertAsync(
                new VectorEntry { Partition = "partition", Id = $"{i}", Vector = vectors[i], CreatedAt = Start, ExpiresAt = Start.AddHours(1) }, Token);
        }

        await store.WhenIndexedAsync();
        using var searched = Collect(TelemetryNames.Instruments.SearchedVectors);
        await store.SearchAsync(new VectorQuery { Partition = "partition", Vector = vectors[7], MinimumSimilarity = 0.98f }, Token);

        var counts = searched.GetMeasurementSnapshot().ToDictionary(measurement => (string)measurement.Tags[TelemetryNames.Tags.SearchStage]!, measurement => measurement.Value);
        Assert.Equal(1_000, counts["all"]);
        Assert.InRange(counts["first_stripe"], 1, 800);
        Assert.InRange(counts["stripes"], 1, 200);
        Assert.InRange(counts["compared"], 1, 100);
    }

    [Fact]
    public async Task SearchAsync_RowsWithScalarCodesWereMovedTogether_HaveThemAgain()
    {
        using var store = new InMemoryVectorStore(services: _services);
        var source = new VectorSource(dimensions: 256, seed: 3, decay: 0);
        for (var i = 0; i < 1_500; i++)
        {
            await store.UpsertAsync(
                new VectorEntry { Partition = "partition", Id = $"{i}", Vector = source.Next(), CreatedAt = Start, ExpiresAt = Start.AddHours(1) }, Token);
        }

        // The sketches rule out nothing here, so searches ask for scalar codes.
        var query = new VectorQuery { Partition = "partition", Vector = source.Next(), MinimumSimilarity = 0.3f };
        await SearchAndIndexAsync(store, query, times: 20);
        for (var i = 0; i < 1_200; i++)
        {
            await store.RemoveAsync("partition", $"{i}", Token);
        }

        await SearchAndIndexAsync(store, query, times: 1);
        using var searched = Collect(TelemetryNames.Instruments.SearchedVectors);
        await store.SearchAsync(query, Token);

        var compared = searched.GetMeasurementSnapshot().Single(measurement => measurement.Tags[TelemetryNames.Tags.SearchStage] is TelemetryNames.SearchStages.Compared);
        Assert.InRange(compared.Value, 0, 50);
    }

    [Fact]
    public async Task IndexAge_AxesWereTrained_IsTheTimeSince()
    {
        using var store = new InMemoryVectorStore(services: _services);
        using var ages = new MetricCollector<double>(
            _services.GetRequiredService<IMeterFactory>(), RagCachingDiagnostics.MeterName, TelemetryNames.Instruments.IndexAge);
        ages.RecordObservableInstruments();
        Assert.Empty(ages.GetMeasurementSnapshot());

        var source = new VectorSource(dimensions: 64, seed: 2);
        for (var i = 0; i < 256; i++)
        {
            await store.UpsertAsync(
                new VectorEntry { Partition = "partition", Id = $"{i}", Vector = source.Next(), CreatedAt = Start, ExpiresAt = Start.AddHours(1) }, Token);
        }

        await store.WhenIndexedAsync();
        _time.Advance(TimeSpan.FromSeconds(90));
        ages.RecordObservableInstruments();

        Assert.Equal(90, Assert.Single(ages.GetMeasurementSnapshot()).Value, 0.001);
    }

    [Fact]
    public void Gauges_StoreIsNoLongerReferenced_DoNotKeepItAlive()
    {
        var store = CreateAbandonedStore();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(store.TryGetTarget(out _));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<InMemoryVectorStore> CreateAbandonedStore()
    {
        using var store = new InMemoryVectorStore(services: _services);
        return new WeakReference<InMemoryVectorStore>(store);
    }

    private static VectorEntry Entry(string id, int payload, TimeSpan timeToLive) =>
        new() { Partition = "partition", Id = id, Payload = new byte[payload], CreatedAt = Start, ExpiresAt = Start + timeToLive };

    private static async Task SearchAndIndexAsync(InMemoryVectorStore store, VectorQuery query, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await store.SearchAsync(query, Token);
            await store.WhenIndexedAsync();
        }
    }

    private MetricCollector<long> Collect(string instrument) =>
        new(_services.GetRequiredService<IMeterFactory>(), RagCachingDiagnostics.MeterName, instrument);

    private long Observe(string instrument)
    {
        using var collector = Collect(instrument);
        collector.RecordObservableInstruments();

        var measurement = Assert.Single(collector.GetMeasurementSnapshot());
        Assert.Equal("default", measurement.Tags[TelemetryNames.Tags.CacheName]);
        Assert.Equal("response", measurement.Tags[TelemetryNames.Tags.CacheKind]);
        return measurement.Value;
    }
}
