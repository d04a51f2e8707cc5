using System.Diagnostics;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>What asking for many queries at once, and several threads for one query, save.</summary>
internal static class SearchManyRatios
{
    private const string Partition = "benchmark";
    private const int Queries = 256;
    private const int Rounds = 5;

    public static async Task PrintAsync(TextWriter output)
    {
        output.WriteLine("| data | floor | one by one, µs | at once, µs per query | ratio | one thread, µs by the clock | two threads | ratio |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (entries, dimensions) in ((int, int)[])[(10_000, 768), (100_000, 768), (300_000, 768)])
        {
            await PrintAsync(output, entries, dimensions);
        }
    }

    private static async Task PrintAsync(TextWriter output, int entries, int dimensions)
    {
        var data = new EmbeddingLikeData(DataProfile.Te3, dimensions, seed: 7);
        var time = TimeProvider.System.GetUtcNow();
        using var alone = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
        using var shared = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 2 });
        for (var i = 0; i < entries; i++)
        {
            var entry = new VectorEntry { Partition = Partition, Id = $"{i}", Vector = data.Next(), CreatedAt = time, ExpiresAt = time.AddDays(1) };
            await alone.UpsertAsync(entry);
            await shared.UpsertAsync(entry);
        }

        await alone.WhenIndexedAsync();
        await shared.WhenIndexedAsync();
        foreach (var floor in (float[])[0.8f, 0.9f])
        {
            var queries = Enumerable.Range(0, Queries).Select(_ => new VectorQuery { Partition = Partition, Vector = data.Next(), MinimumSimilarity = floor }).ToArray();
            List<double> oneByOne = [], atOnce = [], byClock = [], byClockShared = [];
            for (var round = -2; round < Rounds; round++)
            {
                var before = ThreadClock.Microseconds;
                var expected = await SearchAsync(alone, queries, round < 0 ? [] : byClock);
                var between = ThreadClock.Microseconds;
                var results = await alone.SearchManyAsync(queries);
                var after = ThreadClock.Microseconds;
                await SearchAsync(shared, queries, round < 0 ? [] : byClockShared);
                if (!results.Select(Described).SequenceEqual(expected.Select(Described)))
                {
                    throw new InvalidOperationException("The two ways do not agree.");
                }

                if (round >= 0)
                {
                    oneByOne.Add((between - before) / Queries);
                    atOnce.Add((after - between) / Queries);
                }
            }

            var (single, many, clock, clockShared) = (Median(oneByOne), Median(atOnce), Median(byClock), Median(byClockShared));
            output.WriteLine(FormattableString.Invariant(
                $"| te3-{entries / 1000}k-{dimensions} | {floor:F2} | {single:F1} | {many:F1} | {single / many:F2} | {clock:F1} | {clockShared:F1} | {clock / clockShared:F2} |"));
        }
    }

    private static async Task<IReadOnlyList<VectorMatch>[]> SearchAsync(InMemoryVectorStore store, VectorQuery[] queries, List<double> times)
    {
        var results = new IReadOnlyList<VectorMatch>[queries.Length];
        for (var i = 0; i < queries.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            results[i] = await store.SearchAsync(queries[i]);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return results;
    }

    private static (string? Id, float Similarity) Described(IReadOnlyList<VectorMatch> matches) =>
        matches.Count == 0 ? default : (matches[0].Entry.Id, matches[0].Similarity);

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
