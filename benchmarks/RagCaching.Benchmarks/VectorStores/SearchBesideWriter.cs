using System.Diagnostics;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>What a writer costs the readers: processor time per search of one reader and of two, without and with 1,000 inserts a second.</summary>
/// <remarks>The store is full, so that every insert evicts an entry and takes over its row.</remarks>
internal static class SearchBesideWriter
{
    private const string Partition = "benchmark";
    private const int Entries = 100_000;
    private const int Dimensions = 768;
    private const double InsertsPerSecond = 1_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);

    public static async Task PrintAsync(TextWriter output)
    {
        var data = new EmbeddingLikeData(DataProfile.Te3, Dimensions, seed: 7);
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = Entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
        for (var i = 0; i < Entries; i++)
        {
            await store.UpsertAsync(Entry($"{i}", data.Next()));
        }

        await store.WhenIndexedAsync();
        var queries = Enumerable.Range(0, 1_000)
            .Select(_ => new VectorQuery { Partition = Partition, Vector = data.Next(), MinimumSimilarity = 0.9f }).ToArray();
        var vectors = Enumerable.Range(0, 4_000).Select(_ => data.Next()).ToArray();
        Measure(store, queries, vectors, readers: 1, inserts: false);
        output.WriteLine("| readers | inserts/s | searches | CPU per search, µs | of one reader alone | lock contentions |");
        output.WriteLine("|---|---|---|---|---|---|");
        var alone = 0.0;
        foreach (var (readers, inserts) in ((int, bool)[])[(1, false), (1, true), (2, false), (2, true), (1, false), (2, true)])
        {
            var (searches, time, written, contentions) = Measure(store, queries, vectors, readers, inserts);
            alone = alone == 0 ? time : alone;
            output.WriteLine(FormattableString.Invariant(
                $"| {readers} | {written:F0} | {searches} | {time:F1} | {time / alone:F2} | {contentions} |"));
        }
    }

    private static (long Searches, double Time, double Written, long Contentions) Measure(
        InMemoryVectorStore store, VectorQuery[] queries, float[][] vectors, int readers, bool inserts)
    {
        var (searches, time, written) = (0L, 0.0, 0);
        var gate = new Lock();
        var contentions = Monitor.LockContentionCount;
        var started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, readers).Select(reader => new Thread(() =>
        {
            var before = ThreadClock.Microseconds;
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < Duration)
            {
                Complete(store.SearchAsync(queries[((reader * 500) + count++) % queries.Length]));
            }

            lock (gate)
            {
                (searches, time) = (searches + count, time + ThreadClock.Microseconds - before);
            }
        })).ToList();
        if (inserts)
        {
            threads.Add(new Thread(() =>
            {
                while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < Duration)
                {
                    while (written < elapsed.TotalSeconds * InsertsPerSecond)
                    {
                        Complete(store.UpsertAsync(Entry($"{Guid.NewGuid()}", vectors[written++ % vectors.Length])));
                    }

                    Thread.Sleep(1);
                }
            }));
        }

        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return (searches, time / searches, written / Duration.TotalSeconds, Monitor.LockContentionCount - contentions);
    }

    private static VectorEntry Entry(string id, float[] vector)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new VectorEntry { Partition = Partition, Id = id, Vector = vector, CreatedAt = now, ExpiresAt = now.AddDays(1) };
    }

    private static void Complete(ValueTask<IReadOnlyList<VectorMatch>> call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A search of this store has completed when it returns.");
        }
    }

    private static void Complete(ValueTask call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A write to this store has completed when it returns.");
        }
    }
}
