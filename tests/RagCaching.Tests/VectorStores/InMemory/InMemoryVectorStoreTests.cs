using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.VectorStores.InMemory;

public sealed class InMemoryVectorStoreTests : IDisposable
{
    private const string Partition = "partition";

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly InMemoryVectorStore _store = new(services: new TestServices().Add<TimeProvider>(new FakeTimeProvider(Start)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    public void Constructor_BoundBelowOne_Throws(int entries, long bytes)
    {
        var options = new InMemoryVectorStoreOptions { MaxEntries = entries, MaxBytes = bytes };

        Assert.Throws<OptionsValidationException>(() => new InMemoryVectorStore(options));
    }

    [Fact]
    public void Constructor_Defaults_AreTheDocumentedOnes()
    {
        var options = new InMemoryVectorStoreOptions();

        Assert.Equal(100_000, options.MaxEntries);
        Assert.Equal(1_073_741_824, options.MaxBytes);
    }

    [Fact]
    public async Task EveryMember_Disposed_ThrowsObjectDisposed()
    {
        var store = new InMemoryVectorStore();
        await store.UpsertAsync(Entry("a", [1]), Token);

        store.Dispose();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.UpsertAsync(Entry("a", [1]), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetAsync(Partition, "a", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SetMetadataAsync(Partition, "a", default, Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SearchAsync(Query(1), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.RemoveAsync(Partition, "a", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.RemoveWhereAsync(new VectorFilter(), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CountAsync(new VectorFilter(), Token));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task GetAsync_WallClockJumpsByADay_EntriesLiveExactlyTheirTime(int days)
    {
        var time = new JumpingTimeProvider(Start);
        using var store = new InMemoryVectorStore(services: new TestServices().Add<TimeProvider>(time));
        await store.UpsertAsync(Entry("a", [1], timeToLive: TimeSpan.FromHours(1)), Token);

        time.Jump = TimeSpan.FromDays(days);
        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Single(await store.SearchAsync(Query(1), Token));
        Assert.Equal(Start.AddHours(1), (await store.GetAsync(Partition, "a", Token))!.ExpiresAt);

        time.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(await store.SearchAsync(Query(1), Token));
        Assert.Null(await store.GetAsync(Partition, "a", Token));
    }

    [Fact]
    public async Task SearchAsync_AfterMostRowsWereRemoved_StillFindsTheOthersInOrder()
    {
        const int Count = 1_000;
        for (var i = 0; i < Count; i++)
        {
            await _store.UpsertAsync(Entry($"{i}", [1, i]), Token);
        }

        // Leaves every 50th, far below the quarter at which rows move together, and then fills up again.
        for (var i = 0; i < Count; i++)
        {
            if (i % 50 != 0)
            {
                Assert.True(await _store.RemoveAsync(Partition, $"{i}", Token));
            }
        }

        await _store.UpsertAsync(Entry("new", [1, Count]), Token);

        var query = new VectorQuery { Partition = Partition, Vector = new float[] { 0, 1 }, Limit = 100, IncludeVector = true };
        var matches = await _store.SearchAsync(query, Token);
        Assert.Equal(["new", .. Enumerable.Range(0, 20).Select(i => $"{950 - (50 * i)}")], matches.Select(match => match.Entry.Id));
        Assert.All(matches, match => Assert.Equal(match.Similarity, match.Entry.Vector.Span[1], 1e-5f));
    }

    private static VectorEntry Entry(string id, float[] vector, TimeSpan? timeToLive = null) => new()
    {
        Partition = Partition,
        Id = id,
        Vector = vector,
        CreatedAt = Start,
        ExpiresAt = Start + (timeToLive ?? TimeSpan.FromHours(1)),
    };

    private static VectorQuery Query(params float[] vector) => new() { Partition = Partition, Vector = vector, Limit = 10 };
}
