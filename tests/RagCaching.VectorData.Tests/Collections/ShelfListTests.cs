using Microsoft.Extensions.Time.Testing;
using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Collections;

public sealed class ShelfListTests
{
    private readonly MemoryVectorStore _database = new();
    private readonly ShelfList _list;

    public ShelfListTests() => _list = new ShelfList(_database, new VectorDataOptions(), dimensions: 3, new FakeTimeProvider());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_NameThatWasAddedAfterItBegan_IsNotMissing()
    {
        var go = new TaskCompletionSource();
        _database.Quirks.BeforeList = () => go.Task;
        _list.Add(new ShelfName(5, null));

        var refreshing = _list.RefreshAsync(Token);
        _list.Add(new ShelfName(7, null));
        go.SetResult();

        var (listing, missing) = await refreshing;
        Assert.Equal([new ShelfName(5, null)], missing);
        _list.Remove(new ShelfName(5, null), listing);
        _list.Remove(new ShelfName(7, null), listing);
        Assert.Equal([new ShelfName(7, null)], _list.Of(null, isAll: true));
    }

    [Fact]
    public async Task Of_SeveralCollections_HasTheLikeliestFirst()
    {
        foreach (var name in (string[])["ragcachingd0", "ragcachingd2", "ragcachingd3", "elsed3"])
        {
            _database.Collections[name] = new();
        }

        Assert.True(_list.IsOld(known: 1));
        await _list.RefreshAsync(Token);

        Assert.False(_list.IsOld(known: 0));
        Assert.Equal([3, 2, 0], _list.Of(null, isAll: false).Select(name => name.Dimensions));
    }
}
