using BitFaster.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;
using BitFaster.Caching.Scheduler;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>What share of a seeded stream of texts two policies find, with and without an ingestion passing through.</summary>
internal static class LocalTierHitRates
{
    private const int Capacity = 4096;
    private const int Requests = 400_000;
    private const int Texts = 100_000;

    public static void Print(TextWriter output)
    {
        output.WriteLine("| stream | LRU | LFU |");
        output.WriteLine("|---|---|---|");
        foreach (var exponent in new[] { 0.7, 0.9, 1.1 })
        {
            output.WriteLine(FormattableString.Invariant($"| Zipf {exponent} | {Measure(Lru(), exponent, 0):P1} | {Measure(Lfu(), exponent, 0):P1} |"));
            output.WriteLine(FormattableString.Invariant($"| Zipf {exponent}, every second text of an ingestion | {Measure(Lru(), exponent, 2):P1} | {Measure(Lfu(), exponent, 2):P1} |"));
        }
    }

    private static ConcurrentLru<int, int> Lru() => new(1, Capacity, EqualityComparer<int>.Default);

    private static ConcurrentLfu<int, int> Lfu() => new(1, Capacity, new ForegroundScheduler(), EqualityComparer<int>.Default);

    private static double Measure(ICache<int, int> cache, double exponent, int ingestionEvery)
    {
        var random = new Random(7);
        var weights = CumulativeWeights(exponent);
        var hits = 0;
        var questions = 0;
        for (var i = 0; i < Requests; i++)
        {
            if (ingestionEvery > 0 && i % ingestionEvery == 0)
            {
                cache.AddOrUpdate(Texts + i, i);
                continue;
            }

            questions++;
            var position = Array.BinarySearch(weights, random.NextDouble() * weights[^1]);
            var text = position < 0 ? ~position : position;
            if (cache.TryGet(text, out _))
            {
                hits++;
            }
            else
            {
                cache.AddOrUpdate(text, i);
            }
        }

        return hits / (double)questions;
    }

    private static double[] CumulativeWeights(double exponent)
    {
        var sum = 0d;
        return [.. Enumerable.Range(1, Texts).Select(rank => sum += Math.Pow(rank, -exponent))];
    }
}
