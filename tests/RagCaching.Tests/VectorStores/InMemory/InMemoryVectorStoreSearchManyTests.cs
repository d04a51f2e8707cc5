using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores.InMemory.Pruning;
using static RagCaching.Tests.TestDoubles.SynchronousCalls;

namespace RagCaching.Tests.VectorStores.InMemory;

public sealed class InMemoryVectorStoreSearchManyTests
{
    private const int Dimensions = 96;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public async Task SearchManyAsync_ManyQueries_GivesForEachWhatOneSearchGives(int rowsToSearchTogether)
    {
        using var store = new InMemoryVectorStore { RowsToSearchTogether = rowsToSearchTogether };
        var data = new AdversarialData(Dimensions, entries: 1_500, seed: 1);
        await FillAsync(store, data);
        var random = new Random(2);
        var queries = Enumerable.Range(0, 150).Select(i => new VectorQuery
        {
            Partition = $"{random.Next(4)}",
            Vector = data.NextQuery(random),
            MinimumSimilarity = random.Next(3) switch { 0 => -1, 1 => 0.6f, _ => 0.95f },
            Limit = random.Next(1, 6),
            IncludePayload = i % 2 == 0,
            IncludeVector = i % 3 == 0,
        }).ToArray();

        var results = await store.SearchManyAsync(queries, Token);

        Assert.Equal(queries.Length, results.Count);
        for (var i = 0; i < queries.Length; i++)
        {
            var expected = await store.SearchAsync(queries[i], Token);
            Assert.Equal(expected.Select(Describe), results[i].Select(Describe));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void SearchManyAsync_EntriesComeAndGoMeanwhile_FindsWhatStays(int rowsToSearchTogether)
    {
        using var store = new InMemoryVectorStore { RowsToSearchTogether = rowsToSearchTogether };
        var source = new VectorSource(Dimensions, seed: 3);
        var staying = Enumerable.Range(0, 300).Select(_ => source.Next()).ToArray();
        var others = Enumerable.Range(0, 300).Select(_ => source.Next()).ToArray();
        for (var i = 0; i < staying.Length; i++)
        {
            Done(store.UpsertAsync(Entry("partition", $"{i}", staying[i]), Token));
        }

        var queries = Enumerable.Range(0, 70).Select(i => new VectorQuery { Partition = "partition", Vector = staying[i], MinimumSimilarity = 0.9999f }).ToArray();

        Threads.Run(3, thread =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (thread == 0)
                {
                    var id = $"other {i % 40}";
                    Done(store.UpsertAsync(Entry("partition", id, others[i % others.Length]), Token));
                    Done(store.RemoveAsync("partition", $"other {(i + 20) % 40}", Token));
                }
                else if (i % 20 == 0)
                {
                    var results = Done(store.SearchManyAsync(queries, Token));
                    Assert.Equal(Enumerable.Range(0, queries.Length).Select(id => $"{id}"), results.Select(result => Assert.Single(result).Entry.Id));
                }
            }
        });
    }

    [Fact]
    public async Task SearchManyAsync_NoQueries_GivesNothing()
    {
        using var store = new InMemoryVectorStore();

        Assert.Empty(await store.SearchManyAsync([], Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public async Task SearchManyAsync_BadQueries_Throws(int rowsToSearchTogether)
    {
        using var store = new InMemoryVectorStore { RowsToSearchTogether = rowsToSearchTogether };
        await store.UpsertAsync(Entry("partition", "id", [1, 0]), Token);

        await Assert.ThrowsAsync<ArgumentNullException>("queries", () => store.SearchManyAsync(null!, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>("queries", () => store.SearchManyAsync([null!], Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>("queries", () => store.SearchManyAsync([Query([float.NaN, 1])], Token).AsTask());
        var exception = await Assert.ThrowsAsync<ArgumentException>("queries", () => store.SearchManyAsync([Query([1, 0, 0])], Token).AsTask());
        Assert.Contains("3 dimensions", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchManyAsync_Cancelled_IsCancelled()
    {
        using var store = new InMemoryVectorStore();
        await store.UpsertAsync(Entry("partition", "id", [1, 0]), Token);

        await Assert.ThrowsAsync<TaskCanceledException>(() => store.SearchManyAsync([Query([1, 0])], new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task SearchManyAsync_Disposed_Throws()
    {
        var store = new InMemoryVectorStore();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SearchManyAsync([], Token).AsTask());
    }

    private static async Task FillAsync(InMemoryVectorStore store, AdversarialData data)
    {
        // Partition 3 stays empty.
        for (var i = 0; i < data.Vectors.Count; i++)
        {
            await store.UpsertAsync(Entry($"{i % 3}", $"{i}", data.Vectors[i]!), Token);
        }

        await store.WhenIndexedAsync();
    }

    private static VectorQuery Query(float[] vector) => new() { Partition = "partition", Vector = vector };

    private static VectorEntry Entry(string partition, string id, float[] vector) =>
        new() { Partition = partition, Id = id, Vector = vector, Payload = new byte[] { 1 }, CreatedAt = Now, ExpiresAt = Now.AddDays(1) };

    private static (string Id, int Bits, int Payload, int Components) Describe(VectorMatch match) =>
        (match.Entry.Id, BitConverter.SingleToInt32Bits(match.Similarity), match.Entry.Payload.Length, match.Entry.Vector.Length);
}
