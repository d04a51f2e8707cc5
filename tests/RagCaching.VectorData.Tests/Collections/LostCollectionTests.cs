using Microsoft.Extensions.Time.Testing;
using Microsoft.Extensions.VectorData;
using RagCaching.Tests.TestDoubles;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Collections;

/// <summary>A collection that somebody deletes, such as that of an embedding model that is no longer used, is forgotten.</summary>
public sealed class LostCollectionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryVectorStore _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_CollectionOfAnotherModelIsDeleted_IsAskedNoMoreAndNotMadeAnew(bool create)
    {
        await using var store = await FilledAsync(create);
        _database.Collections.TryRemove("ragcachingd5", out _);

        // An unknown id is looked for everywhere, so the first look notices.
        await Assert.ThrowsAsync<VectorStoreException>(async () => await store.GetAsync("p", "unknown", Token));

        Assert.Null(await store.GetAsync("p", "unknown", Token));
        Assert.NotNull(await store.GetAsync("p", "three", Token));
        Assert.Equal(1, await store.CountAsync(new VectorFilter(), Token));
        Assert.Equal(["ragcachingd3"], _database.Collections.Keys);
        Assert.Equal(1, _database.Undisposed);
    }

    [Fact]
    public async Task Count_CollectionIsDeleted_GoesOnAtOnce()
    {
        await using var store = await FilledAsync(create: false);
        _database.Collections.TryRemove("ragcachingd5", out _);

        Assert.Equal(1, await store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task Upsert_MissingCollectionThatMustNotBeMade_IsNamedUntilItIsThere()
    {
        await using var store = await FilledAsync(create: false);
        _database.Collections.TryRemove("ragcachingd5", out var records);

        await Assert.ThrowsAsync<VectorStoreException>(async () => await store.UpsertAsync(Entry("again", 5), Token));
        Assert.Contains("ragcachingd5", (await Assert.ThrowsAsync<VectorStoreCapabilityException>(async () => await store.UpsertAsync(Entry("again", 5), Token))).Message, StringComparison.Ordinal);

        _database.Collections["ragcachingd5"] = records!;
        await store.UpsertAsync(Entry("again", 5), Token);
        Assert.NotNull(await store.GetAsync("q", "again", Token));
    }

    [Fact]
    public async Task Get_CollectionThatIsNotListed_IsKeptWhileItIsThere()
    {
        await using var store = await FilledAsync(create: false);
        _database.Quirks.Unlisted.Add("ragcachingd5");

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await store.GetAsync("q", "five", Token));
        Assert.Equal(2, await store.CountAsync(new VectorFilter(), Token));
    }

    [Fact]
    public async Task Upsert_RefusedRecord_CostsNoLookAtTheWholeDatabase()
    {
        await using var store = await FilledAsync(create: true);
        var (finds, lists) = (0, 0);
        _database.Quirks.BeforeFind = () => Task.FromResult(finds++);
        _database.Quirks.BeforeList = () => Task.FromResult(lists++);
        _database.Quirks.BeforeUpsert = _ => throw new VectorStoreException("Too large.");

        await Assert.ThrowsAsync<VectorStoreException>(async () => await store.UpsertAsync(Entry("large", 3, "p"), Token));
        finds = 0;
        Assert.NotNull(await store.GetAsync("p", "three", Token));

        Assert.Equal((0, 1), (finds, lists));
    }

    private VectorEntry Entry(string id, int dimensions, string partition = "q") => Some.Entry(id, [1, .. new float[dimensions - 1]], partition, createdAt: _time.GetUtcNow());

    private async Task<VectorDataStore> FilledAsync(bool create)
    {
        await using (var maker = new VectorDataStore(_database, null, new TestServices().Add<TimeProvider>(_time)))
        {
            await maker.UpsertAsync(Entry("three", 3, "p"), Token);
            await maker.UpsertAsync(Entry("five", 5), Token);
        }

        var store = new VectorDataStore(_database, new VectorDataOptions { CreateCollections = create }, new TestServices().Add<TimeProvider>(_time));
        Assert.NotNull(await store.GetAsync("q", "five", Token));
        Assert.NotNull(await store.GetAsync("p", "three", Token));
        return store;
    }
}
