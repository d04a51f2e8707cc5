using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Stores;

/// <summary>What a caller gives is looked at, and copied, before anything is waited for.</summary>
public sealed class ArgumentTests : IAsyncDisposable
{
    private readonly MemoryVectorStore _database = new();
    private readonly VectorDataStore _store;

    public ArgumentTests() => _store = new VectorDataStore(_database);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task EveryMember_BadNameOrFilter_ThrowsAtTheCallAndNamesIt()
    {
        Func<string, string, object>[] calls =
        [
            (p, id) => _store.GetAsync(p, id, Token).AsTask(),
            (p, id) => _store.GetContentAsync(p, id, Token).AsTask(),
            (p, id) => _store.SetMetadataAsync(p, id, default, Token).AsTask(),
            (p, id) => _store.RemoveAsync(p, id, Token).AsTask(),
        ];
        Assert.All(calls, call =>
        {
            Assert.Throws<ArgumentException>("partition", () => call("", "a"));
            Assert.Throws<ArgumentNullException>("partition", () => call(null!, "a"));
            Assert.Throws<ArgumentException>("id", () => call("p", ""));
            Assert.Throws<ArgumentNullException>("id", () => call("p", null!));
        });

        Func<object>[] filters = [() => _store.RemoveWhereAsync(null!, Token).AsTask(), () => _store.CountAsync(null!, Token).AsTask(), () => _store.ReadAllAsync(null!, Token)];
        Assert.All(filters, call => Assert.Throws<ArgumentNullException>("filter", call));
        Func<object> upsert = () => _store.UpsertAsync(Some.Entry("", [1]), Token).AsTask();
        Assert.Throws<ArgumentException>("entry", upsert);

        await _store.DisposeAsync();
        Assert.All(calls, call => Assert.Throws<ObjectDisposedException>(() => call("p", "a")));
        Assert.All(filters[..2], call => Assert.Throws<ArgumentNullException>("filter", call));
    }

    [Fact]
    public async Task Search_CallerReusesTheVector_SearchesForWhatWasGiven()
    {
        await _store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);
        await using var store = new VectorDataStore(_database);
        var go = new TaskCompletionSource();
        _database.Quirks.BeforeList = () => go.Task;
        float[] vector = [1, 0, 0];

        var searching = store.SearchAsync(new VectorQuery { Partition = "p", Vector = vector }, Token).AsTask();
        vector[0] = -1;
        go.SetResult();

        Assert.Equal(1, (await searching).Single().Similarity, 1e-6f);
    }

    [Fact]
    public async Task Options_ChangeAfterwards_ChangesNothing()
    {
        var options = new VectorDataOptions();
        await using var store = new VectorDataStore(_database, options);
        options.CollectionName = "other";
        options.CreateCollections = false;
        options.Schema.TextContent = true;
        options.Schema = null!;

        await store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);

        Assert.IsType<byte[]>(_database.Collections["ragcachingd3"].Values.Single()["content"]);
    }

    [Fact]
    public void Copy_OfOptions_HasEverySetting()
    {
        var options = new VectorDataOptions { Dimensions = 3, CollectionName = "n", CollectionPerPartition = true, CreateCollections = false, CandidateFactor = 7, SweepInterval = TimeSpan.FromHours(1) };
        options.Schema = new VectorDataSchema { IndexKind = "i", DistanceFunction = "d", GuidKeys = true, TextContent = true, FilterLabels = false };

        var copy = options.Copy();

        Same(options.Schema, copy.Schema);
        Assert.NotSame(options.Schema, copy.Schema);
        copy.Schema = options.Schema;
        Same(options, copy);
    }

    [Fact]
    public async Task Search_WithoutPayload_KeepsNoPayloadAlive()
    {
        await _store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);

        var match = Assert.Single(await _store.SearchAsync(new VectorQuery { Partition = "p", Vector = new float[] { 1, 0, 0 } }, Token));

        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(match.Entry.Metadata, out var metadata));
        Assert.Equal("metadata"u8.ToArray(), metadata.Array);
    }

    // By every property, also those that are added later. All of the original's must differ from the default.
    private static void Same<T>(T expected, T actual)
        where T : new()
    {
        foreach (var property in typeof(T).GetProperties())
        {
            Assert.Equal(property.GetValue(expected), property.GetValue(actual));
            Assert.NotEqual(property.GetValue(new T()), property.GetValue(actual));
        }
    }
}
