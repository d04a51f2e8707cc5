using System.Globalization;
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
        Check("SearchAsync_RandomEntries_EqualsANaiveSort", "A search returns exactly the nearest entries, as many as its limit, in the order of a sort by similarity, and the same vectors in the order of adding.", async trial =>
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

        // The reference is computed with integers: the sign of the product and its square over the squared norms decide the order. Where vectors differ and the exact cosines do not, an engine may round
        // them apart by the order of its sums, so only those of the same vector have to be in the order of adding.
        var what = $"{partition} of seed {Seed}: the {limit} nearest to ({string.Join(", ", query)}) among {string.Join(' ', vectors.Select(vector => $"({string.Join(", ", vector)})"))}";
        int[] found = [.. matches.Select(match => int.Parse(match.Entry.Id, CultureInfo.InvariantCulture))];
        Expect.Sequence(vectors.Select(vector => Rank(vector, query)).OrderDescending().Take(limit), found.Select(index => Rank(vectors[index], query)), $"the ranks of {what}");
        foreach (var same in found.GroupBy(index => string.Join(',', vectors[index])))
        {
            Expect.Sequence(Enumerable.Range(0, vectors.Length).Where(index => string.Join(',', vectors[index]) == same.Key).Take(same.Count()), same, $"those of the vector ({same.Key}) of {what}");
        }

        foreach (var match in matches)
        {
            var vector = vectors[int.Parse(match.Entry.Id, CultureInfo.InvariantCulture)];
            Expect.Near(Dot(vector, query) / Math.Sqrt((double)Dot(vector, vector) * Dot(query, query)), match.Similarity, $"the similarity of {match.Entry.Id} of {what}");
        }
    }

    private static int Rank(int[] vector, int[] query) => Math.Sign(Dot(vector, query)) * Dot(vector, query) * Dot(vector, query) * 6 / Dot(vector, vector);

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
