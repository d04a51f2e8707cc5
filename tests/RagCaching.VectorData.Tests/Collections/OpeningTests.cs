using Microsoft.Extensions.VectorData;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Collections;

/// <summary>Collection objects are disposed, whenever and however their opening ends.</summary>
public sealed class OpeningTests
{
    private readonly MemoryVectorStore _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_FailsAgainAndAgain_LeavesNothingBehind()
    {
        _database.Quirks.OnFilteredGet = new VectorStoreException("Down.");
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3 });
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<VectorStoreException>(() => store.OpenAsync(Token));
        }

        Assert.Equal(0, _database.Undisposed);
    }

    [Fact]
    public async Task Dispose_WhileOneIsOpenedAndOthersWait_EndsAllAndLeavesNothingBehind()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _database.Quirks.BeforeEnsure = async () =>
        {
            reached.TrySetResult();
            await go.Task;
        };
        var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3 });
        var opening = store.OpenAsync(Token);
        var waiting = store.OpenAsync(Token);
        await reached.Task;

        await store.DisposeAsync();
        go.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => opening);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(0, _database.Undisposed);
    }

    [Fact]
    public async Task Dispose_OpenCollections_DisposesThem()
    {
        var store = new VectorDataStore(_database);
        await store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);
        await store.UpsertAsync(Some.Entry("b", [1, 0], partition: "q"), Token);
        Assert.Equal(2, _database.Undisposed);

        await store.DisposeAsync();

        Assert.Equal(0, _database.Undisposed);
    }
}
