using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Stores;

/// <summary>What is selected by a filter, in pages, and what is deleted when it has expired.</summary>
public sealed class FilteringTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryVectorStore _database = new();
    private readonly VectorDataStore _store;

    public FilteringTests() => _store = new VectorDataStore(_database, null, new TestServices().Add<TimeProvider>(_time));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Records => _database.Collections.Values.Sum(collection => collection.Count);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task RemoveWhere_ThousandsOfEntries_RemovesAndCountsEach()
    {
        await FillAsync(2_000, "even", "odd");

        Assert.Equal(1_000, await _store.CountAsync(new VectorFilter { Labels = ["even"] }, Token));
        Assert.Equal(1_000, await _store.RemoveWhereAsync(new VectorFilter { Labels = ["even"] }, Token));
        Assert.Equal(1_000, await _store.CountAsync(new VectorFilter(), Token));
        Assert.Equal(0, await _store.CountAsync(new VectorFilter { Labels = ["even"] }, Token));
        Assert.Equal(1_000, Records);
    }

    [Fact]
    public async Task ReadAll_ThousandsOfEntries_ReturnsEachOnceAndWhole()
    {
        await FillAsync(1_000, "x", "y");

        var entries = new List<VectorEntry>();
        await foreach (var entry in _store.ReadAllAsync(new VectorFilter(), Token))
        {
            entries.Add(entry);
        }

        Assert.Equal(1_000, entries.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(1_000, entries.Count);
        Assert.All(entries, entry => Assert.Equal((3, 7), (entry.Vector.Length, entry.Payload.Length)));
    }

    [Fact]
    public async Task CreatedBefore_PartsOfAMillisecond_AreCompared()
    {
        var at = _time.GetUtcNow().AddTicks(5);
        await AddAsync("a", createdAt: at);

        Assert.Equal(0, await _store.CountAsync(new VectorFilter { CreatedBefore = at }, Token));
        Assert.Equal(1, await _store.CountAsync(new VectorFilter { CreatedBefore = at.AddTicks(1) }, Token));
    }

    [Fact]
    public async Task Get_ExpiryWithinAMillisecond_IsCompared()
    {
        await AddAsync("a", timeToLive: TimeSpan.FromTicks(15));
        _time.Advance(TimeSpan.FromTicks(14));
        Assert.NotNull(await _store.GetAsync("p", "a", Token));
        Assert.Equal(["a"], await Some.SearchAsync(_store, [1, 0, 0], 1));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await _store.GetAsync("p", "a", Token));
        Assert.Empty(await Some.SearchAsync(_store, [1, 0, 0], 1));
    }

    [Fact]
    public async Task Sweep_ExpiredEntries_AreDeletedAndOthersStay()
    {
        await AddAsync("short", timeToLive: TimeSpan.FromMinutes(4));
        await AddAsync("long", timeToLive: TimeSpan.FromMinutes(6));
        await _store.UpsertAsync(Some.Entry("for ever", [1, 0, 0], createdAt: _time.GetUtcNow(), timeToLive: VectorEntry.NeverExpires - _time.GetUtcNow()), Token);

        _time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.HoldsAsync(() => Records == 2, "The deletion of what has expired");

        _time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.HoldsAsync(() => Records == 1, "The deletion of what has expired");
        Assert.NotNull(await _store.GetAsync("p", "for ever", Token));
    }

    [Fact]
    public async Task Sweep_DatabaseIsDown_GoesOnWhenItIsBack()
    {
        await AddAsync("a", timeToLive: TimeSpan.FromMinutes(1));
        _database.Quirks.OnAnything = new Microsoft.Extensions.VectorData.VectorStoreException("Down.");
        _time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.HoldsAsync(() => _store.Sweeping.IsCompleted, "The end of the deletion that fails");
        Assert.Equal(1, Records);

        _database.Quirks.OnAnything = null;
        await Eventually.HoldsAsync(() => Records == 0, "The deletion of what has expired", () => _time.Advance(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task SetMetadata_RemovalOfAllMeanwhile_DoesNotBringTheEntryBack()
    {
        await AddAsync("a");
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _database.Quirks.BeforeUpsert = async _ =>
        {
            reached.SetResult();
            await go.Task;
        };

        var setting = _store.SetMetadataAsync("p", "a", new byte[] { 1 }, Token).AsTask();
        await reached.Task;
        var removing = _store.RemoveWhereAsync(new VectorFilter(), Token).AsTask();
        go.SetResult();

        Assert.True(await setting);
        Assert.Equal(1, await removing);
        Assert.Equal(0, Records);
    }

    [Fact]
    public async Task EveryMember_Disposed_Throws()
    {
        await _store.DisposeAsync();
        _store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.GetAsync("p", "a", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.SetMetadataAsync("p", "a", default, Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Some.SearchAsync(_store, [1, 0, 0], 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.RemoveAsync("p", "a", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.RemoveWhereAsync(new VectorFilter(), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.CountAsync(new VectorFilter(), Token));
        Assert.Throws<ObjectDisposedException>(() => _store.ReadAllAsync(new VectorFilter(), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.OpenAsync(Token));
    }

    [Fact]
    public async Task Record_IsDamaged_IsAMissEverywhere()
    {
        await AddAsync("a");
        await AddAsync("b");
        Damage();

        Assert.Null(await _store.GetAsync("p", "a", Token));
        Assert.Empty(await Some.SearchAsync(_store, [1, 0, 0], 2));
        Assert.Equal(0, await _store.CountAsync(new VectorFilter(), Token));
        Assert.False(await _store.RemoveAsync("p", "a", Token));
        Assert.Equal(1, Records);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RemoveWhere_RecordIsDamaged_IsRemovedIfItsFieldsAreSelected(bool labelsAreAField)
    {
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<TimeProvider>(_time).BuildServiceProvider();
        using var failures = new MetricCollector<long>(services.GetRequiredService<IMeterFactory>(), "RagCaching", "ragcaching.cache.failures");
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Schema = new VectorDataSchema { FilterLabels = labelsAreAField } }, services);
        (string Id, string Partition, string Label)[] entries = [("a", "p", "x"), ("b", "p", "y"), ("c", "q", "x"), ("later", "p", "x")];
        foreach (var (id, partition, label) in entries)
        {
            await store.UpsertAsync(Some.Entry(id, [1, 0, 0], partition, [label], _time.GetUtcNow().AddMinutes(id == "later" ? 1 : 0)), Token);
        }

        Damage();

        // None is counted, since none could have been served.
        Assert.Equal(0, await store.RemoveWhereAsync(new VectorFilter { Partition = "p", Labels = ["x"], CreatedBefore = _time.GetUtcNow().AddSeconds(1) }, Token));
        Assert.Equal(labelsAreAField ? 3 : 2, Records);
        Assert.Equal(labelsAreAField ? 1 : 2, failures.GetMeasurementSnapshot().Count(measured => Equals(measured.Tags["ragcaching.operation"], "parse")));
        Assert.Equal(0, await store.RemoveWhereAsync(new VectorFilter { Partition = "p" }, Token));
        Assert.Equal(1, Records);
    }

    [Fact]
    public async Task Sweep_RecordThatCannotBeRead_IsDeletedWhenItsFieldSaysSo()
    {
        await AddAsync("short", timeToLive: TimeSpan.FromMinutes(4));
        await AddAsync("long", timeToLive: TimeSpan.FromMinutes(30));
        Damage();

        _time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.HoldsAsync(() => Records == 1, "The deletion of what has expired");
        Assert.Equal(0, await _store.CountAsync(new VectorFilter(), Token));
    }

    private async Task AddAsync(string id, DateTimeOffset? createdAt = null, TimeSpan? timeToLive = null) =>
        await _store.UpsertAsync(Some.Entry(id, [1, 0, 0], createdAt: createdAt ?? _time.GetUtcNow(), timeToLive: timeToLive), Token);

    private void Damage()
    {
        foreach (var record in _database.Collections["ragcachingd3"].Values)
        {
            ((byte[])record["content"]!)[60] ^= 1;
        }
    }

    private async Task FillAsync(int count, params string[] labels)
    {
        for (var i = 0; i < count; i++)
        {
            await _store.UpsertAsync(Some.Entry($"{i}", [1, i, 0], createdAt: _time.GetUtcNow(), labels: [labels[i % labels.Length]]), Token);
        }
    }
}
