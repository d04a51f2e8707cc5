using RagCaching.Tests.VectorStores.InMemory.Pruning;

namespace RagCaching.Tests.VectorStores.InMemory.Scanning;

/// <summary>Whatever is pruned, the result is that of comparing with every vector: the same entries, in the same order, with the same bits.</summary>
public sealed class ExactSearchTests
{
    private const string Partition = "partition";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            for (var dimensions = 1; dimensions < 64; dimensions += 7)
            {
                sizes.Add(dimensions, 300);
            }

            foreach (var dimensions in (int[])[61, 62, 63, 64, 65, 96, 128, 129, 160, 384, 768, 1_024, 1_536, 3_072])
            {
                sizes.Add(dimensions, dimensions > 1_000 ? 600 : 1_500);
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task SearchAsync_AnyData_EqualsBruteForce(int dimensions, int entries)
    {
        using var store = new InMemoryVectorStore();
        var data = new AdversarialData(dimensions, entries, seed: dimensions);
        await FillAsync(store, data);
        await store.WhenIndexedAsync();

        var random = new Random(dimensions);
        for (var i = 0; i < 60; i++)
        {
            await AssertExactAsync(store, data, data.NextQuery(random), NextFloor(random), random.Next(3) == 0 ? 10 : 1, random);
        }
    }

    [Fact]
    public async Task SearchAsync_EveryDimensionUpToSixtyFour_EqualsBruteForce()
    {
        for (var dimensions = 1; dimensions <= 64; dimensions++)
        {
            using var store = new InMemoryVectorStore();
            var data = new AdversarialData(dimensions, entries: 60, seed: dimensions);
            await FillAsync(store, data);

            var random = new Random(dimensions);
            for (var i = 0; i < 10; i++)
            {
                await AssertExactAsync(store, data, data.NextQuery(random), NextFloor(random), limit: 3, random);
            }
        }
    }

    [Theory]
    [InlineData(96)]
    [InlineData(256)]
    [InlineData(1_536)]
    public async Task SearchAsync_BasisOfOtherData_EqualsBruteForce(int dimensions)
    {
        using var store = new InMemoryVectorStore();
        var other = new VectorSource(dimensions, seed: 1);
        for (var i = 0; i < 512; i++)
        {
            await store.UpsertAsync(Entry("other", i, other.Next()), Token);
        }

        await store.WhenIndexedAsync();
        var data = new AdversarialData(dimensions, entries: 400, seed: 2);
        await FillAsync(store, data);
        await store.WhenIndexedAsync();

        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            await AssertExactAsync(store, data, data.NextQuery(random), NextFloor(random), random.Next(1, 5), random);
        }
    }

    [Fact]
    public async Task SearchAsync_EntriesAreReplacedAndRemoved_EqualsBruteForce()
    {
        const int Dimensions = 128;
        using var store = new InMemoryVectorStore();
        var data = new AdversarialData(Dimensions, entries: 1_200, seed: 4);
        await FillAsync(store, data);
        await store.WhenIndexedAsync();

        var random = new Random(5);
        for (var i = 0; i < 400; i++)
        {
            var id = random.Next(data.Vectors.Count);
            if (random.Next(2) == 0)
            {
                data.Write(id, data.NextQuery(random));
                await store.UpsertAsync(Entry(Partition, id, data.Vectors[id]!), Token);
            }
            else
            {
                await store.RemoveAsync(Partition, $"{id}", Token);
                data.Vectors[id] = null;
            }

            await AssertExactAsync(store, data, data.NextQuery(random), NextFloor(random), limit: 3, random);
        }
    }

    [Fact]
    public async Task SearchAsync_WithoutStructure_UsesScalarCodesAndEqualsBruteForce()
    {
        const int Dimensions = 256;
        using var store = new InMemoryVectorStore();
        var source = new VectorSource(Dimensions, seed: 6, decay: 0);
        var data = new AdversarialData(Dimensions, entries: 0, seed: 6);
        data.Vectors.AddRange(Enumerable.Range(0, 1_500).Select(_ => source.Next()));
        await FillAsync(store, data);
        await store.WhenIndexedAsync();

        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var query = i % 2 == 0 ? source.Next() : source.Near(data.Vectors[random.Next(1_500)]!, 0.6);
            await AssertExactAsync(store, data, query, floor: 0.3f, limit: 2, random);
            await store.WhenIndexedAsync();
        }

        // New entries get scalar codes at once.
        data.Vectors.Add(source.Next());
        await store.UpsertAsync(Entry(Partition, 1_500, data.Vectors[1_500]!), Token);
        await AssertExactAsync(store, data, source.Near(data.Vectors[1_500]!, 0.9), floor: 0.3f, limit: 2, random);
    }

    [Fact]
    public async Task SearchAsync_OnSeveralThreads_EqualsBruteForce()
    {
        const int Dimensions = 96;
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxSearchParallelism = 8 });
        var data = new AdversarialData(Dimensions, entries: 20_000, seed: 8);
        await FillAsync(store, data);
        await store.WhenIndexedAsync();

        // So low a floor leaves much to be read, so the search asks for help.
        var random = new Random(9);
        for (var i = 0; i < 30; i++)
        {
            await AssertExactAsync(store, data, data.NextQuery(random), i % 3 == 0 ? -1 : 0.1f, limit: 1 + (i % 20), random);
        }
    }

    private static float NextFloor(Random random) => random.Next(9) switch
    {
        0 => -1,
        1 => 0,
        2 => 0.5f,
        3 => 0.7f,
        4 => 0.8f,
        5 => 0.9f,
        6 => 0.95f,
        7 => 0.99f,
        _ => 0.9999f,
    };

    private static async Task FillAsync(InMemoryVectorStore store, AdversarialData data)
    {
        for (var i = 0; i < data.Vectors.Count; i++)
        {
            await store.UpsertAsync(Entry(Partition, i, data.Vectors[i]!), Token);
        }
    }

    private static VectorEntry Entry(string partition, int id, float[] vector) =>
        new() { Partition = partition, Id = $"{id}", Vector = vector, CreatedAt = Now, ExpiresAt = Now.AddDays(1) };

    private static async Task AssertExactAsync(InMemoryVectorStore store, AdversarialData data, float[] query, float floor, int limit, Random random)
    {
        var all = data.Scores(query);

        // Also with a floor that is the best similarity to the last bit.
        if (random.Next(4) == 0 && all.Count > 0)
        {
            floor = Math.Clamp(all[0].Similarity, -1, 1);
        }

        var expected = all.Where(match => match.Similarity >= floor || floor <= -1).Take(limit).ToArray();

        var matches = await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = query, MinimumSimilarity = floor, Limit = limit }, Token);

        Assert.Equal(
            expected.Select(match => (match.Id, BitConverter.SingleToInt32Bits(match.Similarity))),
            matches.Select(match => (match.Entry.Id, BitConverter.SingleToInt32Bits(match.Similarity))));
    }
}
