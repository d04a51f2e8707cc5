using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>A search returns all that is near enough, up to its limit: it is exact.</summary>
internal static class SearchLimitChecks
{
    private const int Seed = 20;
    private const int Runs = 200;

    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        Check("SearchAsync_MinimumSimilarity_BelongsToTheRange", "The minimum similarity is inclusive.", async trial =>
        {
            await trial.AddAsync(trial.Entry("a", [1, 2, 3])).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry("b", [3, 2, 1])).ConfigureAwait(false);
            var both = await trial.SearchAsync(1, 1, 2).ConfigureAwait(false);
            Expect.Sequence(["a", "b"], IdsOf(both));
            var similarity = both[1].Similarity;

            var at = await trial.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 1, 2 }, MinimumSimilarity = similarity, Limit = 10 }).ConfigureAwait(false);
            var above = await trial.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 1, 1, 2 }, MinimumSimilarity = MathF.BitIncrement(similarity), Limit = 10 }).ConfigureAwait(false);

            Expect.Sequence(["a", "b"], IdsOf(at));
            Expect.Sequence(["a"], IdsOf(above));
        }),
        Check("SearchAsync_OppositeVectorsAndNoMinimum_AreReturnedHoweverTheyRound", "Without a minimum every entry is a match, also an opposite one whose cosine rounds to less than -1.", async trial =>
        {
            for (var i = 1; i <= 100; i++)
            {
                await trial.AddAsync(trial.Entry($"{i}", [-i, -1, -7.3f])).ConfigureAwait(false);
                Expect.Single(await trial.SearchAsync(i, 1, 7.3f).ConfigureAwait(false));
                await trial.RemoveAsync($"{i}").ConfigureAwait(false);
            }
        }),
        Check("SearchAsync_RandomEntries_EqualsANaiveSort", "A search returns exactly the nearest entries, as many as its limit, in the order of a stable sort by similarity.", async trial =>
        {
            var random = new Random(Seed);
            for (var run = 0; run < Runs; run++)
            {
                await CompareWithSortAsync(trial, random, $"run {run}").ConfigureAwait(false);
            }
        }),
    ];

    private static async Task CompareWithSortAsync(StoreTrial trial, Random random, string partition)
    {
        // Components of -1, 0 and 1 in three dimensions: many equal vectors, hence many ties, and scores that are far apart otherwise.
        var vectors = Enumerable.Range(0, random.Next(1, 41)).Select(_ => NextVector(random)).ToArray();
        var query = NextVector(random);
        var limit = random.Next(1, 46);
        for (var i = 0; i < vectors.Length; i++)
        {
            await trial.AddAsync(trial.Entry($"{i}", ToFloats(vectors[i]), partition)).ConfigureAwait(false);
        }

        var matches = await trial.SearchAsync(new VectorQuery { Partition = partition, Vector = ToFloats(query), Limit = limit }).ConfigureAwait(false);
        await trial.RemoveWhereAsync(new VectorFilter { Partition = partition }).ConfigureAwait(false);

        // The reference is computed with integers: the sign of the product and its square over the squared norms decide the order.
        var expected = vectors
            .Select((vector, index) => (Key: Math.Sign(Dot(vector, query)) * Dot(vector, query) * Dot(vector, query) * 6 / Dot(vector, vector), Id: $"{index}"))
            .OrderByDescending(item => item.Key)
            .Take(limit)
            .Select(item => item.Id);
        Expect.Sequence(expected, IdsOf(matches), $"{partition} of seed {Seed}: the {limit} nearest to ({string.Join(", ", query)}) among {string.Join(' ', vectors.Select(vector => $"({string.Join(", ", vector)})"))}");
    }

    private static int[] NextVector(Random random)
    {
        int[] vector;
        do
        {
            vector = [random.Next(-1, 2), random.Next(-1, 2), random.Next(-1, 2)];
        }
        while (vector.All(component => component == 0));
        return vector;
    }

    private static float[] ToFloats(int[] vector) => [.. vector.Select(component => (float)component)];

    private static int Dot(int[] x, int[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
