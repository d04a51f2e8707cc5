using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Stores;

/// <summary>Writers do not wait for a database that takes its time over a filter.</summary>
public sealed class WaitingTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryVectorStore _database = new();
    private readonly VectorDataStore _store;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new();

    public WaitingTests() => _store = new VectorDataStore(_database, null, new TestServices().Add<TimeProvider>(_time));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _go.TrySetResult();
        return _store.DisposeAsync();
    }

    [Fact]
    public async Task RemoveWhere_SlowFilter_LetsWritersPass()
    {
        await AddAsync("a", labels: ["x"]);
        _database.Quirks.BeforeFind = HoldFirstAsync;

        var removing = _store.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token).AsTask();
        await _reached.Task;
        await WriteEverywhereAsync();
        _go.SetResult();

        Assert.Equal(1, await removing);
        Assert.Equal(256, await _store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task RemoveWhere_EntryIsReplacedAfterItWasFound_LeavesTheNewOne()
    {
        await AddAsync("a", labels: ["x"]);
        _database.Quirks.BeforeUpsert = _ => HoldFirstAsync();

        // The writer has the lock, so the removal finds the old entry and waits.
        var replacing = AddAsync("a", labels: ["y"]);
        await _reached.Task;
        var removing = _store.RemoveWhereAsync(new VectorFilter { Labels = ["x"] }, Token).AsTask();
        Assert.False(removing.IsCompleted);
        _go.SetResult();
        await replacing;

        Assert.Equal(0, await removing);
        Assert.NotNull(await _store.GetAsync("p", "a", Token));
    }

    [Fact]
    public async Task Sweep_SlowFilter_LetsWritersPass()
    {
        await AddAsync("a", timeToLive: TimeSpan.FromMinutes(1));
        _database.Quirks.BeforeFind = HoldFirstAsync;

        _time.Advance(TimeSpan.FromMinutes(5));
        await _reached.Task;
        await WriteEverywhereAsync();
        _go.SetResult();

        await Eventually.HoldsAsync(() => _database.Collections["ragcachingd3"].Count == 256, "The deletion of what has expired");
    }

    [Fact]
    public async Task Sweep_DatabaseHangs_EndsAndIsTriedAgain()
    {
        await AddAsync("a", timeToLive: TimeSpan.FromMinutes(1));
        _database.Quirks.BeforeDelete = HoldFirstAsync;
        _time.Advance(TimeSpan.FromMinutes(5));
        await _reached.Task;
        var hanging = _store.Sweeping;

        await Eventually.HoldsAsync(() => hanging.IsCompleted, "The end of a deletion that hangs", () => _time.Advance(TimeSpan.FromMinutes(1)));

        _go.SetResult();
        await Eventually.HoldsAsync(() => _database.Collections["ragcachingd3"].IsEmpty, "The deletion of what has expired", () => _time.Advance(TimeSpan.FromMinutes(5)));
    }

    // The first call that comes to the gate waits; all others pass.
    private Task HoldFirstAsync() => _reached.TrySetResult() ? _go.Task : Task.CompletedTask;

    // So many that every lock is needed. In memory nothing waits but for a lock.
    private async Task WriteEverywhereAsync()
    {
        for (var i = 0; i < 256; i++)
        {
            var writing = AddAsync($"other {i}");
            Assert.True(writing.IsCompleted, "A writer waits.");
            await writing;
        }
    }

    private async Task AddAsync(string id, string[]? labels = null, TimeSpan? timeToLive = null) =>
        await _store.UpsertAsync(Some.Entry(id, [1, 0, 0], labels: labels, createdAt: _time.GetUtcNow(), timeToLive: timeToLive), Token);
}
