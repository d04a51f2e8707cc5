using System.Globalization;
using System.IO.Compression;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>What share of the accesses of recorded traces the store still has, beside LRU and beside the best that is possible.</summary>
/// <remarks>
/// The store is the real one with as many entries as the capacity, read by id and written on a miss. Belady's optimum drops what is asked for
/// last; it knows the future, and no policy can do better.
/// </remarks>
internal static class EvictionHitRates
{
    private static readonly double[] Shares = [0.01, 0.05, 0.1, 0.25];

    public static async Task PrintAsync(TextWriter output, string folder)
    {
        output.WriteLine("| trace | capacity | LRU | store | Belady |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var file in Directory.EnumerateFiles(folder, "*.keys.gz").Order(StringComparer.Ordinal))
        {
            var keys = Read(file);
            foreach (var share in Shares)
            {
                var capacity = Math.Max(1, (int)(keys.Distinct().Count() * share));
                var rates = (Lru(keys, capacity), await StoreAsync(keys, capacity), Belady(keys, capacity));
                output.WriteLine(FormattableString.Invariant(
                    $"| {Path.GetFileName(file).Split('.')[0]} | {share:P0} | {rates.Item1:F4} | {rates.Item2:F4} | {rates.Item3:F4} |"));
            }
        }
    }

    private static int[] Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var keys = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            keys.Add(int.Parse(line, CultureInfo.InvariantCulture));
        }

        return [.. keys];
    }

    private static double Lru(int[] keys, int capacity)
    {
        var order = new LinkedList<int>();
        var places = new Dictionary<int, LinkedListNode<int>>();
        var hits = 0;
        foreach (var key in keys)
        {
            if (places.TryGetValue(key, out var place))
            {
                hits++;
                order.Remove(place);
            }
            else if (places.Count == capacity)
            {
                places.Remove(order.Last!.Value);
                order.RemoveLast();
            }

            places[key] = order.AddFirst(key);
        }

        return (double)hits / keys.Length;
    }

    private static async Task<double> StoreAsync(int[] keys, int capacity)
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = capacity });
        var now = TimeProvider.System.GetUtcNow();
        var hits = 0;
        foreach (var key in keys)
        {
            if (await store.GetAsync("trace", $"{key}") is not null)
            {
                hits++;
            }
            else
            {
                await store.UpsertAsync(new VectorEntry { Partition = "trace", Id = $"{key}", CreatedAt = now, ExpiresAt = now.AddDays(1) });
            }
        }

        return (double)hits / keys.Length;
    }

    private static double Belady(int[] keys, int capacity)
    {
        var next = new int[keys.Length];
        var seen = new Dictionary<int, int>();
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            next[i] = seen.GetValueOrDefault(keys[i], keys.Length + i);
            seen[keys[i]] = i;
        }

        var kept = new Dictionary<int, int>();
        var byNextUse = new SortedSet<(int NextUse, int Key)>();
        var hits = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            if (kept.TryGetValue(keys[i], out var use))
            {
                hits++;
                byNextUse.Remove((use, keys[i]));
            }
            else if (kept.Count == capacity)
            {
                var last = byNextUse.Max;
                byNextUse.Remove(last);
                kept.Remove(last.Key);
            }

            kept[keys[i]] = next[i];
            byNextUse.Add((next[i], keys[i]));
        }

        return (double)hits / keys.Length;
    }
}
