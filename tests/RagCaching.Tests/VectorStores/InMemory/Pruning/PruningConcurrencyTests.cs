using RagCaching.Tests.TestDoubles;
using static RagCaching.Tests.TestDoubles.SynchronousCalls;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

/// <summary>Readers prune by codes while writers change them; nothing that is there may be ruled out by what is half-written.</summary>
[Trait("Category", "Soak")]
public sealed class PruningConcurrencyTests
{
    private const string Partition = "partition";
    private const int Dimensions = 96;
    private const float Floor = 0.65f;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly VectorSource _source = new(Dimensions, seed: 1, decay: 0.25);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SearchAsync_EntryIsBeingReplaced_AlwaysFindsOneVersionOfIt()
    {
        using var store = await IndexedStoreAsync();
        var (first, second) = Orthogonal();
        var query = Between(first, second);
        Done(store.UpsertAsync(Entry("x", first), Token));

        Threads.Run(4, thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                if (thread == 0)
                {
                    Done(store.UpsertAsync(Entry("x", i % 2 == 0 ? second : first), Token));
                }
                else
                {
                    Assert.Equal("x", Assert.Single(Search(store, query)).Entry.Id);
                }
            }
        });
    }

    [Fact]
    public async Task SearchAsync_SlotsAreReusedMeanwhile_AlwaysFindsWhatStays()
    {
        using var store = await IndexedStoreAsync();
        var (first, second) = Orthogonal();
        var query = Between(first, second);
        Done(store.UpsertAsync(Entry("stays", first), Token));

        Threads.Run(3, thread =>
        {
            for (var i = 0; i < 4_000; i++)
            {
                if (thread == 0)
                {
                    Done(store.UpsertAsync(Entry("comes", second), Token));
                    Assert.True(Done(store.RemoveAsync(Partition, "comes", Token)));
                }
                else
                {
                    Assert.Contains(Search(store, query), match => match.Entry.Id == "stays");
                }
            }
        });
    }

    [Fact]
    public async Task SearchAsync_NewAxesAreTrainedMeanwhile_AlwaysFindsWhatStays()
    {
        using var store = new InMemoryVectorStore();
        var (first, second) = Orthogonal();
        var query = Between(first, second);
        Done(store.UpsertAsync(Entry("stays", first), Token));
        var vectors = Enumerable.Range(0, 6_000).Select(_ => _source.Next()).ToArray();

        Threads.Run(3, thread =>
        {
            if (thread == 0)
            {
                for (var i = 0; i < vectors.Length; i++)
                {
                    Done(store.UpsertAsync(Entry($"{i}", vectors[i]), Token));
                }

                return;
            }

            for (var i = 0; i < 2_000; i++)
            {
                Assert.Contains(Search(store, query), match => match.Entry.Id == "stays");
            }
        });

        await store.WhenIndexedAsync();
        Assert.Contains(Search(store, query), match => match.Entry.Id == "stays");
    }

    [Fact]
    public async Task Dispose_TrainingIsUnderWay_StopsIt()
    {
        var store = new InMemoryVectorStore();
        for (var i = 0; i < 1_000; i++)
        {
            await store.UpsertAsync(Entry($"{i}", _source.Next()), Token);
        }

        store.Dispose();

        Assert.True(store.WhenIndexedAsync().IsCompletedSuccessfully);
    }

    private static IReadOnlyList<VectorMatch> Search(InMemoryVectorStore store, float[] query) =>
        Done(store.SearchAsync(new VectorQuery { Partition = Partition, Vector = query, MinimumSimilarity = Floor, Limit = 20 }, Token));

    private static VectorEntry Entry(string id, float[] vector) =>
        new() { Partition = Partition, Id = id, Vector = vector, CreatedAt = Now, ExpiresAt = Now.AddDays(1) };

    private static float[] Between(float[] first, float[] second) => [.. first.Zip(second, (x, y) => x + y)];

    // At 45 degrees from the query each, which no other vector comes near.
    private static (float[] First, float[] Second) Orthogonal()
    {
        var noise = new VectorSource(Dimensions, seed: 9, decay: 0);
        var first = noise.Next();
        return (first, noise.Near(first, 0));
    }

    private async Task<InMemoryVectorStore> IndexedStoreAsync()
    {
        var store = new InMemoryVectorStore();
        for (var i = 0; i < 1_500; i++)
        {
            await store.UpsertAsync(Entry($"{i}", _source.Next()), Token);
        }

        await store.WhenIndexedAsync();
        return store;
    }
}
