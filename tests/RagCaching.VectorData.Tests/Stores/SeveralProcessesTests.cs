using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Stores;

/// <summary>What one process removes or counts includes what another has stored a moment ago, in a collection that the first has never seen.</summary>
public sealed class SeveralProcessesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryVectorStore _database = new();
    private readonly List<VectorDataStore> _stores = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryFilter_AnotherProcessHasMadeACollection_IncludesIt(bool perPartition)
    {
        var (mine, other) = await TwoProcessesAsync(perPartition);
        var user = new VectorFilter { Labels = ["user x"] };

        Assert.Equal(1, await mine.CountAsync(user, Token));
        await foreach (var entry in mine.ReadAllAsync(user, Token))
        {
            Assert.Equal("new", entry.Id);
        }

        Assert.Equal(1, await mine.RemoveWhereAsync(user, Token));
        Assert.Null(await other.GetAsync("new partition", "new", Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_AnotherProcessHasMadeACollection_IncludesIt(bool perPartition)
    {
        var (mine, other) = await TwoProcessesAsync(perPartition);

        Assert.True(await mine.RemoveAsync("new partition", "new", Token));
        Assert.Null(await other.GetAsync("new partition", "new", Token));
    }

    // Both have a collection and have listed what there is; then one of them makes another collection, by a new partition or by vectors of another length.
    private async Task<(VectorDataStore Mine, VectorDataStore Other)> TwoProcessesAsync(bool perPartition)
    {
        var (mine, other) = (NewStore(perPartition), NewStore(perPartition));
        await mine.UpsertAsync(Some.Entry("old", [1, 0, 0], createdAt: _time.GetUtcNow()), Token);
        Assert.NotNull(await other.GetAsync("p", "old", Token));
        Assert.Null(await mine.GetAsync("new partition", "new", Token));
        _time.Advance(TimeSpan.FromSeconds(0.9));
        await other.UpsertAsync(Some.Entry("new", [1, 0, 0, 0, 0], partition: "new partition", labels: ["user x"], createdAt: _time.GetUtcNow()), Token);
        return (mine, other);
    }

    private VectorDataStore NewStore(bool perPartition)
    {
        _stores.Add(new VectorDataStore(_database, new VectorDataOptions { CollectionPerPartition = perPartition }, new TestServices().Add<TimeProvider>(_time)));
        return _stores[^1];
    }
}
