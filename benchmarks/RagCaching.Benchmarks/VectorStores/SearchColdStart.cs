namespace RagCaching.Benchmarks.VectorStores;

/// <summary>How much longer the first searches of a process take than later ones, because the runtime has not compiled their code well yet.</summary>
/// <remarks>
/// The store is filled and indexed before, so what writes use is compiled already, as it is in a process that fills its cache before anybody asks. Every process
/// has only one cold start: run it several times.
/// </remarks>
internal static class SearchColdStart
{
    private const string Partition = "benchmark";
    private const int Entries = 200_000;
    private const int Dimensions = 768;
    private const int First = 20;
    private const int Searches = 4_000;
    private const int Steady = 1_000;
    private const float Floor = 0.9f;

    public static async Task PrintAsync(TextWriter output)
    {
        var data = new EmbeddingLikeData(DataProfile.Te3, Dimensions, seed: 7);
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = Entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Entries; i++)
        {
            await store.UpsertAsync(new VectorEntry { Partition = Partition, Id = $"{i}", Vector = data.Next(), CreatedAt = now, ExpiresAt = now.AddDays(1) });
        }

        await store.WhenIndexedAsync();
        var queries = Enumerable.Range(0, Steady)
            .Select(_ => new VectorQuery { Partition = Partition, Vector = data.Next(), MinimumSimilarity = Floor }).ToArray();
        var times = new double[Searches];
        for (var i = 0; i < Searches; i++)
        {
            var before = ThreadClock.Microseconds;
            await store.SearchAsync(queries[i % Steady]);
            times[i] = ThreadClock.Microseconds - before;
        }

        // The same queries, so that neither the first nor the later ones are easier.
        var steady = Median(times[^Steady..]);
        var same = Median(times[^Steady..^(Steady - First)]);
        output.WriteLine("| searches | median, µs | of the same queries later |");
        output.WriteLine("|---|---|---|");
        output.WriteLine(FormattableString.Invariant($"| 1 | {times[0]:F0} | {times[0] / times[^Steady]:F2} |"));
        output.WriteLine(FormattableString.Invariant($"| 2 to {First} | {Median(times[1..First]):F1} | {Median(times[1..First]) / same:F2} |"));
        output.WriteLine(FormattableString.Invariant($"| 101 to 120 | {Median(times[100..120]):F1} | {Median(times[100..120]) / Median(times[^(Steady - 100)..^(Steady - 120)]):F2} |"));
        output.WriteLine(FormattableString.Invariant($"| the last {Steady} | {steady:F1} | 1 |"));
        output.WriteLine($"The first {First}: {string.Join(", ", times[..First].Select(static time => FormattableString.Invariant($"{time:F0}")))} µs");
    }

    private static double Median(double[] times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
