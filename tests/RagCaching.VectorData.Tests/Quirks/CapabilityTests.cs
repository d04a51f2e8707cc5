using Microsoft.Extensions.VectorData;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Quirks;

/// <summary>A database that cannot do what is needed is refused when it is opened, with what is missing.</summary>
public sealed class CapabilityTests
{
    private readonly MemoryVectorStore _database = new();

    public static TheoryData<Exception> WaysToSayNo => [new NotSupportedException("No."), new NotImplementedException("No."), new VectorStoreException("No.", new NotSupportedException("Never.")), new ArgumentException("No.")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(WaysToSayNo), DisableDiscoveryEnumeration = true)]
    public async Task Open_SearchWithoutFilters_IsNamed(Exception exception)
    {
        _database.Quirks.OnFilteredSearch = exception;

        Assert.Contains("a vector search with a filter", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WaysToSayNo), DisableDiscoveryEnumeration = true)]
    public async Task Open_ReadingWithoutFilters_IsNamed(Exception exception)
    {
        _database.Quirks.OnFilteredGet = exception;

        Assert.Contains("reading records by a filter", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ListsWithoutFilters_IsNamedWithTheSettingThatDoesWithout()
    {
        _database.Quirks.OnListFilter = new NotSupportedException("No lists.");

        Assert.Contains("FilterLabels", (await RefusalAsync()).Message, StringComparison.Ordinal);
        await new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3, Schema = new VectorDataSchema { FilterLabels = false } }).OpenAsync(Token);
    }

    [Theory]
    [InlineData(typeof(byte[]), "content")]
    [InlineData(typeof(List<string>), "labels")]
    public async Task Open_TypeThatTheDatabaseDoesNotHave_NamesFieldAndSettings(Type type, string field)
    {
        _database.Quirks.MissingType = type;

        var message = (await RefusalAsync()).Message;

        Assert.Contains($"'{field}'", message, StringComparison.Ordinal);
        Assert.Contains("VectorDataOptions.Schema", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FieldsThatTheConnectorDoesNotTake_AreNamedInWhateverWayItSaysSo()
    {
        // The database is not asked for that, so it cannot be a failure that passes.
        _database.Quirks.OnDefine = new InvalidOperationException("A vector must have at most 2 dimensions.");

        Assert.Contains("at most 2 dimensions", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MissingCollectionThatMustNotBeMade_NamesItAndItsFields()
    {
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3, CreateCollections = false });

        var exception = await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => store.OpenAsync(Token));

        Assert.Contains("'ragcachingd3'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("partition (String, indexed)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("vector (3 dimensions)", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_database.Collections);
    }

    [Fact]
    public async Task Open_CollectionWithOtherFields_NamesThoseThatAreNeeded()
    {
        _database.Quirks.OnFilteredGet = new VectorStoreException("There is no column 'slot'.");
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3 });

        var exception = await Assert.ThrowsAsync<VectorStoreException>(() => store.OpenAsync(Token));

        Assert.Contains("other fields", exception.Message, StringComparison.Ordinal);
        Assert.Contains("slot (Int64, indexed)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FiltersThatArePassedOver_AreNoticed()
    {
        await new VectorDataStore(_database).UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);
        _database.Quirks.IgnoresFilters = true;

        Assert.Contains("does not select", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_FiltersThatArePassedOverFromThenOn_ServesNothing()
    {
        await using var store = new VectorDataStore(_database);
        await store.UpsertAsync(Some.Entry("a", [1, 0, 0], partition: "other"), Token);
        _database.Quirks.IgnoresFilters = true;

        await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => Some.SearchAsync(store, [1, 0, 0], 1));
        await Assert.ThrowsAsync<VectorStoreCapabilityException>(async () => await new VectorDataStore(_database).CountAsync(new VectorFilter(), Token));
    }

    [Theory]
    [InlineData("ensure")]
    [InlineData("get")]
    [InlineData("search")]
    [InlineData("wrapped")]
    public async Task Open_AllConnectionsAreInUse_IsAFailureThatPasses(string call)
    {
        // What SqlClient throws then.
        var busy = new InvalidOperationException("The timeout period elapsed prior to obtaining a connection from the pool.");
        _ = call switch
        {
            "ensure" => _database.Quirks.OnAnything = busy,
            "get" => _database.Quirks.OnFilteredGet = busy,
            "search" => _database.Quirks.OnFilteredSearch = busy,
            _ => _database.Quirks.OnFilteredSearch = new VectorStoreException("No.", busy),
        };
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3 });

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => store.OpenAsync(Token));

        Assert.IsNotType<VectorStoreCapabilityException>(exception);
        Assert.Contains("connection from the pool", exception.ToString(), StringComparison.Ordinal);
        (_database.Quirks.OnAnything, _database.Quirks.OnFilteredGet, _database.Quirks.OnFilteredSearch) = (null, null, null);
        await store.OpenAsync(Token);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(3, true)]
    public async Task Open_NothingThereThatCouldBeOpened_ChecksTheFields(int? dimensions, bool perPartition)
    {
        _database.Quirks.MissingType = typeof(byte[]);
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = dimensions, CollectionPerPartition = perPartition });

        var exception = await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => store.OpenAsync(Token));

        Assert.Contains("'content'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, _database.Undisposed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_DimensionsAreNotKnownAndACollectionIsThere_IsCheckedByIt(bool onlyWithoutVectors)
    {
        await using (var before = new VectorDataStore(_database))
        {
            await before.UpsertAsync(Some.Entry("none", []), Token);
            if (!onlyWithoutVectors)
            {
                await before.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);
            }
        }

        _database.Quirks.OnFilteredSearch = new NotSupportedException("No filters.");
        await using var store = new VectorDataStore(_database);

        await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => store.OpenAsync(Token));
    }

    [Fact]
    public async Task Open_DatabaseIsBack_IsOpenedAnew()
    {
        _database.Quirks.OnAnything = new VectorStoreException("Down.");
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3 });
        await Assert.ThrowsAsync<VectorStoreException>(() => store.OpenAsync(Token));

        _database.Quirks.OnAnything = null;
        await store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);

        Assert.Equal(["a"], await Some.SearchAsync(store, [1, 0, 0], 1));
    }

    [Fact]
    public async Task Upsert_CollectionThatTheDatabaseHasLost_IsMadeAnew()
    {
        await using var store = new VectorDataStore(_database);
        await store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);
        _database.Collections.Clear();

        await Assert.ThrowsAsync<VectorStoreException>(async () => await store.UpsertAsync(Some.Entry("b", [1, 0, 0]), Token));
        await store.UpsertAsync(Some.Entry("c", [1, 0, 0]), Token);

        Assert.Equal(["c"], await Some.SearchAsync(store, [1, 0, 0], 5));
    }

    private async Task<VectorStoreCapabilityException> RefusalAsync()
    {
        await using var store = new VectorDataStore(_database, new VectorDataOptions { Dimensions = 3 });
        return await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => store.OpenAsync(Token));
    }
}
