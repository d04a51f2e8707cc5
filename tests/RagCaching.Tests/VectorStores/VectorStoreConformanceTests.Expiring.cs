namespace RagCaching.Tests.VectorStores;

public abstract partial class VectorStoreConformanceTests
{
    [Fact]
    public async Task EveryMember_EntryExpires_NoLongerSeesItFromThatMomentOn()
    {
        await Add(Entry("short", [1, 0], timeToLive: TimeSpan.FromMinutes(1)));
        await Add(Entry("long", [1, 0], timeToLive: TimeSpan.FromMinutes(2)));

        await AdvanceAsync(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await Store.GetAsync(Partition, "short", Token));
        Assert.NotNull(await Store.GetContentAsync(Partition, "short", Token));

        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Store.GetAsync(Partition, "short", Token));
        Assert.Null(await Store.GetContentAsync(Partition, "short", Token));
        Assert.Equal(["long"], IdsOf(await Store.SearchAsync(Query(1, 0), Token)));
        Assert.Equal(1, await Store.CountAsync(new VectorFilter(), Token));
        Assert.False(await Store.SetMetadataAsync(Partition, "short", default, Token));
        Assert.False(await Store.RemoveAsync(Partition, "short", Token));
        Assert.Equal(1, await Store.RemoveWhereAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task SearchAsync_AllExpired_ReturnsNothing()
    {
        await Add(Entry("a", [1, 0], timeToLive: TimeSpan.FromMinutes(1)));
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(await Store.SearchAsync(Query(1, 0), Token));
    }

    [Fact]
    public async Task UpsertAsync_AlreadyExpired_IsNeverSeenAndEndsItsPredecessor()
    {
        await Add(Entry("a", [1, 0]));

        await Add(Entry("a", [1, 0], timeToLive: TimeSpan.Zero));

        Assert.Null(await Store.GetAsync(Partition, "a", Token));
        Assert.Empty(await Store.SearchAsync(Query(1, 0), Token));
    }

    [Fact]
    public async Task UpsertAsync_OverExpiredEntry_IsANewEntry()
    {
        await Add(Entry("a", [1, 0], timeToLive: TimeSpan.FromMinutes(1)));
        await Add(Entry("b", [1, 0]));
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        await Add(Entry("a", [1, 0]));

        Assert.Equal(["b", "a"], IdsOf(await Store.SearchAsync(Query(1, 0), Token)));
    }

    [Fact]
    public async Task UpsertAsync_OnlyExpiredVectorsHaveOtherDimensions_IsAccepted()
    {
        await Add(Entry("a", [1, 0], timeToLive: TimeSpan.FromMinutes(1)));
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        await Add(Entry("b", [1, 0, 0]));

        Assert.Equal(["b"], IdsOf(await Store.SearchAsync(Query(1, 0, 0), Token)));
    }

    [Fact]
    public async Task UpsertAsync_LatestPossibleExpiry_IsKept()
    {
        await Add(new VectorEntry { Partition = Partition, Id = "a", CreatedAt = Start, ExpiresAt = DateTimeOffset.MaxValue });
        await AdvanceAsync(TimeSpan.FromDays(3650));

        Assert.NotNull(await Store.GetAsync(Partition, "a", Token));
    }
}
