using CsCheck;

namespace RagCaching.Tests.VectorStores;

public abstract partial class VectorStoreConformanceTests
{
    [Fact]
    public async Task SearchAsync_SeveralEntries_ReturnsBestFirst()
    {
        await Add(Entry("far", [-1, 0]));
        await Add(Entry("near", [1, 0.1f]));
        await Add(Entry("same", [5, 0]));
        await Add(Entry("square", [0, 1]));

        var matches = await Store.SearchAsync(Query(2, 0), Token);

        Assert.Equal(["same", "near", "square", "far"], IdsOf(matches));
        Assert.Equal(1, matches[0].Similarity, Tolerance);
        Assert.Equal(1 / Math.Sqrt(1.01), matches[1].Similarity, Tolerance);
        Assert.Equal(0, matches[2].Similarity, Tolerance);
        Assert.Equal(-1, matches[3].Similarity, Tolerance);
    }

    [Fact]
    public async Task SearchAsync_Defaults_ReturnsOneMatchWithoutPayloadAndVector()
    {
        await Add(Entry("a", [1, 0], labels: ["x"]));
        await Add(Entry("b", [0, 1]));

        var match = Assert.Single(await Store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 } }, Token));

        Assert.Equal("a", match.Entry.Id);
        Assert.True(match.Entry.Payload.IsEmpty);
        Assert.True(match.Entry.Vector.IsEmpty);
        Assert.Equal("metadata of a"u8, match.Entry.Metadata.Span);
        Assert.Equal(["x"], match.Entry.Labels);
        Assert.Equal(Start, match.Entry.CreatedAt);
        Assert.Equal(Start.AddHours(1), match.Entry.ExpiresAt);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task SearchAsync_Includes_ReturnsWhatWasAskedFor(bool payload, bool vector)
    {
        await Add(Entry("a", [3, 4]));

        var query = new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 }, IncludePayload = payload, IncludeVector = vector };
        var entry = (await Store.SearchAsync(query, Token)).Single().Entry;

        Assert.Equal(payload ? "payload of a" : "", System.Text.Encoding.UTF8.GetString(entry.Payload.Span));
        Assert.Equal(vector ? 2 : 0, entry.Vector.Length);
        Assert.Equal("metadata of a"u8, entry.Metadata.Span);
        if (vector)
        {
            Assert.Equal(0.6f, entry.Vector.Span[0], Tolerance);
        }
    }

    [Fact]
    public async Task SearchAsync_EqualSimilarities_AreInTheOrderOfAdding()
    {
        string[] ids = ["d", "a", "c", "b", "e"];
        foreach (var id in ids)
        {
            await Add(Entry(id, [0, 2]));
        }

        // Replacing an entry does not change when it was first added.
        await Add(Entry("a", [0, 1]));

        Assert.Equal(ids, IdsOf(await Store.SearchAsync(Query(0, 1), Token)));
        Assert.Equal("d", (await Store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 0, 1 } }, Token)).Single().Entry.Id);
    }

    [Fact]
    public async Task SearchAsync_EqualSimilaritiesAfterRemoval_OrdersReaddedEntriesLast()
    {
        foreach (var id in (string[])["a", "b", "c"])
        {
            await Add(Entry(id, [1, 1]));
        }

        await Store.RemoveAsync(Partition, "a", Token);
        await Add(Entry("d", [1, 1]));
        await Add(Entry("a", [1, 1]));

        Assert.Equal(["b", "c", "d", "a"], IdsOf(await Store.SearchAsync(Query(1, 1), Token)));
    }

    [Fact]
    public async Task SearchAsync_MinimumSimilarity_BelongsToTheRange()
    {
        await Add(Entry("a", [1, 2, 3]));
        await Add(Entry("b", [3, 2, 1]));
        var similarity = (await Store.SearchAsync(Query(1, 1, 2), Token))[1].Similarity;

        var at = await Store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 1, 2 }, MinimumSimilarity = similarity, Limit = 10 }, Token);
        var above = await Store.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 1, 2 }, MinimumSimilarity = MathF.BitIncrement(similarity), Limit = 10 }, Token);

        Assert.Equal(["a", "b"], IdsOf(at));
        Assert.Equal(["a"], IdsOf(above));
    }

    [Fact]
    public async Task SearchAsync_OppositeVectorsAndNoMinimum_AreReturnedHoweverTheyRound()
    {
        for (var i = 1; i <= 100; i++)
        {
            await Add(Entry($"{i}", [-i, -1, -7.3f]));
            var matches = await Store.SearchAsync(Query(i, 1, 7.3f), Token);
            Assert.Single(matches);
            await Store.RemoveAsync(Partition, $"{i}", Token);
        }
    }

    [Fact]
    public async Task SearchAsync_UnknownPartition_ReturnsNothing()
    {
        await Add(Entry("a", [1, 0], OtherPartition));

        Assert.Empty(await Store.SearchAsync(Query(1, 0), Token));
    }

    [Fact]
    public async Task SearchAsync_QueryWithoutDirection_Throws()
    {
        await Add(Entry("a", [1, 0]));

        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.SearchAsync(Query(), Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.SearchAsync(Query(0, 0), Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.SearchAsync(Query(1, float.NaN), Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.SearchAsync(Query(float.NegativeInfinity, 1), Token));
    }

    [Fact]
    public async Task SearchAsync_OtherDimensions_ThrowsNamingBoth()
    {
        await Add(Entry("a", [1, 0]));

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await Store.SearchAsync(Query(1, 0, 0), Token));

        Assert.Contains("2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_LimitBelowOne_Throws()
    {
        var query = new VectorQuery { Partition = Partition, Vector = new float[] { 1 }, Limit = 0 };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.SearchAsync(query, Token));
    }

    [Fact]
    public async Task SearchAsync_RandomEntries_EqualsANaiveSort()
    {
        // Components of -1, 0 and 1 in three dimensions: many equal vectors, hence many ties, and scores that are far apart otherwise.
        var genVector = Gen.Int[-1, 1].Array[3].Where(vector => vector.Any(component => component != 0));
        var run = 0;
        await Gen.Select(genVector.List[1, 40], genVector, Gen.Int[1, 45]).SampleAsync(
            async (vectors, query, limit) =>
            {
                var partition = $"run {Interlocked.Increment(ref run)}";
                for (var i = 0; i < vectors.Count; i++)
                {
                    await Store.UpsertAsync(Entry($"{i}", ToFloats(vectors[i]), partition), Token);
                }

                var matches = await Store.SearchAsync(new VectorQuery { Partition = partition, Vector = ToFloats(query), Limit = limit }, Token);
                await Store.RemoveWhereAsync(new VectorFilter { Partition = partition }, Token);

                // The reference is computed with integers: the sign of the product and its square over the squared norms decide the order.
                var expected = vectors
                    .Select((vector, index) => (Key: Math.Sign(Dot(vector, query)) * Dot(vector, query) * Dot(vector, query) * 6 / Dot(vector, vector), Id: $"{index}"))
                    .OrderByDescending(item => item.Key)
                    .Take(limit)
                    .Select(item => item.Id);
                Assert.Equal(expected, IdsOf(matches));
            },
            iter: 200,
            threads: 1);
    }

    private static float[] ToFloats(int[] vector) => [.. vector.Select(component => (float)component)];

    private static int Dot(int[] x, int[] y) => x.Zip(y, (a, b) => a * b).Sum();

    [Theory]
    [InlineData(1.001f)]
    [InlineData(-1.001f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task SearchAsync_MinimumSimilarityThatIsNoCosine_ThrowsAndNamesIt(float similarity)
    {
        var query = new VectorQuery { Partition = Partition, Vector = new float[] { 1, 0 }, MinimumSimilarity = similarity };

        var exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.SearchAsync(query, Token));

        Assert.Equal(similarity, exception.ActualValue);
    }
}
