using Microsoft.Extensions.AI;
using RagCaching.VectorData.Tests.Memory;

namespace RagCaching.VectorData.Tests.Quirks;

/// <summary>What real connectors were seen to do does no harm.</summary>
public sealed class QuirkTests : IAsyncDisposable
{
    private readonly MemoryVectorStore _database = new();
    private readonly VectorDataStore _store;

    public QuirkTests() => _store = new VectorDataStore(_database);

    public static TheoryData<string, float[]> BadVectors => new()
    {
        { "NaN", [1, float.NaN, 0] },
        { "infinity", [1, float.PositiveInfinity, 0] },
        { "zero", [0, 0, 0] },
        { "dimensions", [1, 0] },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [MemberData(nameof(BadVectors))]
    public async Task Upsert_VectorThatConnectorsAccept_IsRefusedBeforeTheDatabaseSeesIt(string what, float[] vector)
    {
        await _store.UpsertAsync(Some.Entry("good", [1, 0, 0]), Token);
        _database.Quirks.BeforeUpsert = _ => throw new InvalidOperationException($"The database was given {what}.");

        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.UpsertAsync(Some.Entry("bad", vector), Token));
    }

    [Fact]
    public async Task Upsert_EntryWithoutVector_DoesNotEmptyTheSearchesOfADatabaseThatFailsOnZeroVectors()
    {
        _database.Quirks.ZeroVectorEmptiesSearches = true;
        await _store.UpsertAsync(Some.Entry("a", [1, 0, 0]), Token);
        await _store.UpsertAsync(Some.Entry("none", []), Token);

        Assert.Equal(["a"], await Some.SearchAsync(_store, [1, 0.5f, 0], 5));
        Assert.All(_database.Collections.Values.SelectMany(collection => collection.Values), record => Assert.Contains(1f, ((ReadOnlyMemory<float>)record["vector"]!).ToArray()));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Search_ScoresOfEitherDirectionOrOfNone_AreNotBelieved(bool distances, bool wrong)
    {
        (_database.Quirks.ScoresAreDistances, _database.Quirks.ScoresAreWrong) = (distances, wrong);
        await _store.UpsertAsync(Some.Entry("near", [3, 1, 0]), Token);
        await _store.UpsertAsync(Some.Entry("same", [2, 0, 0]), Token);
        await _store.UpsertAsync(Some.Entry("far", [-1, 0, 0]), Token);

        var matches = await _store.SearchAsync(new VectorQuery { Partition = "p", Vector = new float[] { 1, 0, 0 }, Limit = 3, MinimumSimilarity = 0.9f }, Token);

        Assert.Equal(["same", "near"], matches.Select(match => match.Entry.Id));
        Assert.Equal(1, matches[0].Similarity, 1e-6f);
        Assert.Equal(3 / MathF.Sqrt(10), matches[1].Similarity, 1e-6f);
    }

    [Fact]
    public async Task Search_IndexThatFiltersAfterwardsFindsNothingOfAPartition_IsMadeHere()
    {
        await FillAsync(neighbours: 60, own: 40);
        _database.Quirks.PostFiltered = 40;

        Assert.Equal(["own 39", "own 38", "own 37"], await Some.SearchAsync(_store, [1, 0, 0], 3));
    }

    [Fact]
    public async Task Search_PartitionThatTheIndexHidesIsLarge_NamesBothSettings()
    {
        await FillAsync(neighbours: 60, own: 4_097);
        _database.Quirks.PostFiltered = 40;

        var exception = await Assert.ThrowsAsync<VectorStoreCapabilityException>(() => Some.SearchAsync(_store, [1, 0, 0], 3));

        Assert.Contains("IndexKind", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CollectionPerPartition", exception.Message, StringComparison.Ordinal);
        Assert.Equal("ragcachingd3", exception.CollectionName);
    }

    [Fact]
    public async Task Search_CollectionPerPartition_FindsWhatThatIndexHides()
    {
        await using var store = new VectorDataStore(_database, new VectorDataOptions { CollectionPerPartition = true });
        await FillAsync(neighbours: 60, own: 40, store);
        _database.Quirks.PostFiltered = 40;
        _database.Quirks.OnSearch = top => Assert.InRange(top, 1, 40);

        Assert.Equal(["own 39", "own 38", "own 37"], await Some.SearchAsync(store, [1, 0, 0], 3));
        Assert.Equal(2, _database.Collections.Count);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("embedding")]
    [InlineData("rounded")]
    public async Task Search_VectorsComeBackInAnotherForm_AreRead(string form)
    {
        _database.Quirks.Stored = vector => form switch
        {
            "array" => vector.ToArray(),
            "embedding" => new Embedding<float>(vector),
            _ => (ReadOnlyMemory<float>)vector.ToArray().Select(component => MathF.Round(component * 127) / 127).ToArray(),
        };
        await _store.UpsertAsync(Some.Entry("a", [3, 4, 0]), Token);

        var entry = (await _store.SearchAsync(new VectorQuery { Partition = "p", Vector = new float[] { 3, 4, 0 }, IncludeVector = true }, Token)).Single();

        Assert.Equal(1, entry.Similarity, 1e-4f);
        Assert.Equal(1, entry.Entry.Vector.ToArray().Sum(component => component * component), 1e-5f);
    }

    [Fact]
    public async Task Search_TiesBeyondTheCandidates_AskForMoreAndKeepTheOrderOfAdding()
    {
        foreach (var i in Enumerable.Range(0, 200))
        {
            await _store.UpsertAsync(Some.Entry($"{i}", [1, 1, 0]), Token);
        }

        var asked = new List<int>();
        _database.Quirks.OnSearch = asked.Add;

        Assert.Equal(["0", "1"], await Some.SearchAsync(_store, [1, 1, 0], 2));
        Assert.Equal([8, 32, 128, 512], asked);
    }

    private async Task FillAsync(int neighbours, int own, VectorDataStore? store = null)
    {
        foreach (var i in Enumerable.Range(0, neighbours))
        {
            await (store ?? _store).UpsertAsync(Some.Entry($"neighbour {i}", [1, 0, 0], partition: "other"), Token);
        }

        foreach (var i in Enumerable.Range(0, own))
        {
            await (store ?? _store).UpsertAsync(Some.Entry($"own {i}", [i + 1, 4_000, 0]), Token);
        }
    }
}
