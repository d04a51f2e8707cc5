using System.Diagnostics;
using System.Globalization;

namespace RagCaching.JournalLab;

/// <summary>Measures a journal on this machine: writing, loading, hits.</summary>
internal static class Measurement
{
    private const int Partitions = 16;
    private const int Rounds = 2_000;

    public static async Task<int> RunAsync(string engine, string address, Settings settings)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"measure_{Environment.ProcessId}");
        var entries = Enumerable.Range(0, settings.Entries).Select(i => Entry(i, settings)).ToArray();
        var options = new JournaledVectorStoreOptions { WhenQueueIsFull = JournalFullBehavior.Wait };
        var bounds = new InMemoryVectorStoreOptions { MaxEntries = settings.Entries + 1, MaxBytes = 16L << 30 };
        Print("entries", $"{settings.Entries:N0} of {settings.Dimensions} dimensions, answers of {settings.Payload:N0} bytes, {Partitions} partitions");

        await using (var writer = new JournaledVectorStore(Engines.Create(engine, address, name), options, bounds))
        {
            await writer.WhenLoadedAsync();
            var callers = new double[entries.Length];
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < entries.Length; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await writer.UpsertAsync(entries[i]);
                callers[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            await writer.FlushAsync();
            Print("written", $"{settings.Entries / clock.Elapsed.TotalSeconds:N0} entries/s");
            Array.Sort(callers);
            Print("an upsert costs its caller", $"p50 {callers[callers.Length / 2]:F1} us, p90 {callers[callers.Length * 9 / 10]:F1} us");
        }

        if (File.Exists(address))
        {
            Print("bytes per entry", $"{new FileInfo(address).Length / settings.Entries:N0}, of which vector and answer {(settings.Dimensions * 4) + settings.Payload:N0}");
        }

        var start = Stopwatch.StartNew();
        await using var reader = new JournaledVectorStore(Engines.Create(engine, address, name), options, bounds);
        await reader.WhenOpenAsync();
        while (!reader.Status.IsServing || await reader.GetContentAsync(entries[^1].Partition, entries[^1].Id) is null)
        {
            await Task.Delay(1);
        }

        Print("first answer after the start", $"{start.Elapsed.TotalMilliseconds:F0} ms");
        await reader.WhenLoadedAsync();
        Print("loaded after the start", $"{start.Elapsed.TotalSeconds:F2} s, {settings.Entries / start.Elapsed.TotalSeconds:N0} entries/s");

        using var memory = new InMemoryVectorStore(bounds);
        var filling = Stopwatch.StartNew();
        foreach (var entry in entries)
        {
            await memory.UpsertAsync(entry);
        }

        Print("the store in memory alone takes", $"{settings.Entries / filling.Elapsed.TotalSeconds:N0} entries/s");

        // Both work out in the background what makes searches faster, the one that was loaded since the end of the load.
        await Task.Delay(TimeSpan.FromSeconds(10));
        await CompareAsync(reader, memory, entries);
        return 0;
    }

    private static async Task CompareAsync(JournaledVectorStore journaled, InMemoryVectorStore memory, VectorEntry[] entries)
    {
        // Both are warm, and take turns.
        double[] ratios = new double[7];
        for (var round = 0; round < ratios.Length; round++)
        {
            var other = await HitsAsync(memory, entries, round);
            ratios[round] = await HitsAsync(journaled, entries, round) / other;
        }

        Array.Sort(ratios);
        Print("a hit, against the store in memory", $"{ratios[ratios.Length / 2]:F2} x (median of {ratios.Length}, {ratios[0]:F2} to {ratios[^1]:F2})");
    }

    private static async Task<double> HitsAsync(IVectorStore store, VectorEntry[] entries, int round)
    {
        var random = new Random(round);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
        {
            var entry = entries[random.Next(entries.Length)];
            var found = await store.SearchAsync(new VectorQuery { Partition = entry.Partition, Vector = entry.Vector, MinimumSimilarity = 0.9f, IncludePayload = true });
            if (found.Count == 0 || await store.GetContentAsync(entry.Partition, entry.Id) is null)
            {
                throw new InvalidOperationException("A stored entry was not found.");
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Rounds;
    }

    private static VectorEntry Entry(int i, Settings settings)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"entry-{i:D17}");
        var now = DateTimeOffset.UtcNow;
        return new VectorEntry
        {
            Partition = string.Create(CultureInfo.InvariantCulture, $"partition-{i % Partitions:D33}"),
            Id = id,
            Vector = HashedEmbeddings.VectorOf(id, settings.Dimensions),
            EmbeddingModel = "model-of-the-measurement-000000000000000000",
            Metadata = new byte[200],
            Payload = PayloadOf(i, settings.Payload),
            Labels = [string.Create(CultureInfo.InvariantCulture, $"scope-{i % Partitions:D37}")],
            Owner = string.Create(CultureInfo.InvariantCulture, $"scope-{i % Partitions:D37}"),
            CreatedAt = now,
            ExpiresAt = now.AddDays(1),
        };
    }

    // An engine that compresses must not find a row of zeros.
    private static byte[] PayloadOf(int i, int length)
    {
        var payload = new byte[length];
        new Random(i).NextBytes(payload);
        return payload;
    }

    private static void Print(string what, string value) => Console.WriteLine($"{what,-36} {value}");

    /// <summary>What is measured.</summary>
    internal sealed record Settings(int Entries, int Dimensions, int Payload)
    {
        public static Settings Parse(string[] args)
        {
            return new Settings(Value("--entries", 100_000), Value("--dimensions", 384), Value("--payload", 2_048));

            int Value(string option, int fallback)
            {
                var at = Array.IndexOf(args, option);
                return at < 0 || at + 1 >= args.Length ? fallback
                    : int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
                    : throw new ArgumentException($"{option} takes a whole number above 0, not '{args[at + 1]}'.", nameof(args));
            }
        }
    }
}
