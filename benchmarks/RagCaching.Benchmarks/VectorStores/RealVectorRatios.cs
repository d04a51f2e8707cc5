using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>The comparison of <see cref="SearchRatios"/> with the vectors of real questions.</summary>
/// <remarks>
/// Reads every <c>potion-base-2M.f16.bin</c> below a folder: half-precision numbers, little-endian, row after row, 64 to a row. Every fiftieth row is a
/// query, the others are the entries; rows that are all zero are left out.
/// </remarks>
internal static class RealVectorRatios
{
    private const string FileName = "potion-base-2M.f16.bin";
    private const string Partition = "benchmark";
    private const int Dimensions = 64;
    private const int QueryShare = 50;
    private const int LargestQueries = 300;
    private const int Repetitions = 5;

    public static async Task PrintAsync(TextWriter output, string folder)
    {
        output.WriteLine("| data | entries | floor | queries | hits | loop, µs | store, µs | ratio |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var file in Directory.EnumerateFiles(folder, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await PrintAsync(output, Path.GetFileName(Path.GetDirectoryName(file))!, Read(file));
        }
    }

    private static async Task PrintAsync(TextWriter output, string name, List<float[]> all)
    {
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = all.Count, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
        var time = TimeProvider.System.GetUtcNow();
        var vectors = all.Where(static (_, index) => index % QueryShare != 0).ToList();
        var queries = all.Where(static (_, index) => index % QueryShare == 0).Take(LargestQueries).ToArray();
        for (var i = 0; i < vectors.Count; i++)
        {
            await store.UpsertAsync(new VectorEntry { Partition = Partition, Id = $"{i}", Vector = vectors[i], CreatedAt = time, ExpiresAt = time.AddDays(1) });
        }

        await store.WhenIndexedAsync();
        foreach (var floor in (float[])[0.8f, 0.9f, 0.95f])
        {
            List<double> loop = [], search = [];
            var hits = 0;
            for (var round = 0; round < 2; round++)
            {
                // The first round is for the runtime to compile the code well.
                (loop, search, hits) = ([], [], 0);
                foreach (var vector in queries)
                {
                    var before = ThreadClock.Microseconds;
                    var best = HandWrittenLoop.Best(vectors, vector);
                    loop.Add(ThreadClock.Microseconds - before);
                    for (var i = 0; i < Repetitions; i++)
                    {
                        before = ThreadClock.Microseconds;
                        var matches = await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = vector, MinimumSimilarity = floor });
                        search.Add(ThreadClock.Microseconds - before);
                        hits += i == 0 ? matches.Count : 0;
                        HandWrittenLoop.ThrowUnlessFound(best, floor, matches);
                    }
                }
            }

            loop.Sort();
            search.Sort();
            var (loopMedian, searchMedian) = (loop[loop.Count / 2], search[search.Count / 2]);
            output.WriteLine(FormattableString.Invariant(
                $"| {name} | {vectors.Count} | {floor:F2} | {queries.Length} | {hits} | {loopMedian:F0} | {searchMedian:F1} | {loopMedian / searchMedian:F1} |"));
        }
    }

    private static List<float[]> Read(string file)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(file)).ToArray();
        var rows = new List<float[]>();
        for (var start = 0; start + Dimensions <= halves.Length; start += Dimensions)
        {
            var row = new float[Dimensions];
            TensorPrimitives.ConvertToSingle(halves.AsSpan(start, Dimensions), row);
            if (TensorPrimitives.Norm<float>(row) > 0)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
