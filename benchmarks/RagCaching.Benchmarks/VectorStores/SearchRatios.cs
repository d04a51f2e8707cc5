using System.Diagnostics;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>How long a search takes beside the loop that one would write by hand, in turns, on one thread.</summary>
/// <remarks>
/// The loop is <see cref="HandWrittenLoop"/>: <c>List&lt;float[]&gt;</c> with the cosine of System.Numerics.Tensors. Both are exact, which every
/// query checks. Times are processor time of the thread, so that other programs add little to them; the ratio is that of the medians.
/// </remarks>
internal static class SearchRatios
{
    private const string Partition = "benchmark";
    private const int Queries = 41;
    private const int Repetitions = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task PrintAsync(TextWriter output, string[] names)
    {
        output.WriteLine("| data | floor | query | loop, µs | store, µs | ratio | store p90, µs |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var workload in SearchWorkload.All.Where(workload => names.Length == 0 || names.Contains(workload.Name)))
        {
            await PrintAsync(output, workload);
        }
    }

    private static async Task PrintAsync(TextWriter output, SearchWorkload workload)
    {
        var data = new EmbeddingLikeData(workload.Profile, workload.Dimensions, seed: 7);
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = workload.Entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
        var vectors = new List<float[]>(workload.Entries);
        var time = TimeProvider.System.GetUtcNow();
        var inserting = 0.0;
        for (var i = 0; i < workload.Entries; i++)
        {
            vectors.Add(data.Next());
            var before = ThreadClock.Microseconds;
            await store.UpsertAsync(new VectorEntry { Partition = Partition, Id = $"{i}", Vector = vectors[i], CreatedAt = time, ExpiresAt = time.AddDays(1) });
            inserting += ThreadClock.Microseconds - before;
        }

        await store.WhenIndexedAsync();
        Console.Error.WriteLine($"{workload.Name}: one insert takes {inserting / workload.Entries:F1} µs");
        foreach (var floor in workload.Floors)
        {
            foreach (var isHit in new[] { false, true })
            {
                if (isHit && floor < 0.5f)
                {
                    continue;
                }

                await CompareAsync(output, workload, data, store, vectors, floor, isHit);
            }
        }
    }

    private static async Task CompareAsync(
        TextWriter output, SearchWorkload workload, EmbeddingLikeData data, InMemoryVectorStore store, List<float[]> vectors, float floor, bool isHit)
    {
        await WarmUpAsync(store, vectors, data, floor, workload.Limit);
        var random = new Random(11);
        var loop = new List<double>();
        var search = new List<double>();
        for (var round = -2; loop.Count < Queries && round < 20 * Queries; round++)
        {
            var vector = isHit ? data.Near(vectors[random.Next(vectors.Count)], floor + ((0.99 - floor) * random.NextDouble())) : data.Next();
            var before = ThreadClock.Microseconds;
            var best = HandWrittenLoop.Best(vectors, vector);
            var loopTime = ThreadClock.Microseconds - before;
            if (best >= floor != isHit)
            {
                if (round < 10 * Queries || isHit)
                {
                    continue;
                }
            }

            var query = new VectorQuery { Partition = Partition, Vector = vector, MinimumSimilarity = floor, Limit = workload.Limit };
            var times = new double[Repetitions];
            for (var i = 0; i < Repetitions; i++)
            {
                before = ThreadClock.Microseconds;
                var matches = await store.SearchAsync(query);
                times[i] = ThreadClock.Microseconds - before;
                HandWrittenLoop.ThrowUnlessFound(best, floor, matches);
            }

            if (round >= 0)
            {
                loop.Add(loopTime);
                search.AddRange(times);
            }
        }

        loop.Sort();
        search.Sort();
        if (loop.Count == 0)
        {
            return;
        }

        var (loopMedian, searchMedian) = (loop[loop.Count / 2], search[search.Count / 2]);
        output.WriteLine(FormattableString.Invariant(
            $"| {workload.Name} | {floor:F2} | {(isHit ? "hit" : "miss")} | {loopMedian:F0} | {searchMedian:F1} | {loopMedian / searchMedian:F1} | {search[search.Count * 9 / 10]:F1} |"));
    }

    /// <summary>Searches for as long as the runtime takes to compile the code well.</summary>
    private static async Task WarmUpAsync(InMemoryVectorStore store, List<float[]> vectors, EmbeddingLikeData data, float floor, int limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp)
        {
            var vector = data.Next();
            HandWrittenLoop.Best(vectors[..Math.Min(vectors.Count, 10)], vector);
            await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = vector, MinimumSimilarity = floor, Limit = limit });
        }
    }
}
