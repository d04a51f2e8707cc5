using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>The comparison of <see cref="SearchRatios"/> with the vectors of real questions.</summary>
/// <remarks>
/// Reads every file of one name, such as <c>minilm-l6-v2.f16.bin</c>, below a folder: half-precision numbers, little-endian, row after row, one row for each line of the
/// <c>questions.jsonl.gz</c> beside it. Every fiftieth row is a query, the others are the entries; rows that are all zero are left out.
/// </remarks>
internal static class RealVectorRatios
{
    private const string DefaultVectors = "potion-base-2M";
    private const string VectorEnding = ".f16.bin";
    private const string QuestionFile = "questions.jsonl.gz";
    private const string Partition = "benchmark";
    private const int QueryShare = 50;
    private const int LargestQueries = 300;
    private const int Repetitions = 5;

    /// <summary>Measures.</summary>
    /// <param name="output">Receives the table.</param>
    /// <param name="folder">The folder of the data sets.</param>
    /// <param name="names">The name of the vectors without its ending, then the data sets, if not all.</param>
    public static async Task PrintAsync(TextWriter output, string folder, string[] names)
    {
        output.WriteLine("| data | entries | floor | queries | hits | loop, µs | store, µs | ratio | first, µs | ratio |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var pattern = (names.Length > 0 ? names[0] : DefaultVectors) + VectorEnding;
        foreach (var file in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var set = Path.GetDirectoryName(file)!;
            if (names.Length <= 1 || names.AsSpan(1).Contains(Path.GetFileName(set)))
            {
                await PrintAsync(output, Path.GetFileName(set), Read(file, Questions(set)));
            }
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
        foreach (var floor in (float[])[0.7f, 0.8f, 0.9f, 0.95f])
        {
            List<double> loop = [], search = [], first = [];
            var hits = 0;
            for (var round = 0; round < 2; round++)
            {
                // The first round is for the runtime to compile the code well.
                (loop, search, first, hits) = ([], [], [], 0);
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
                        if (i == 0)
                        {
                            // The loop has just filled the processor's caches with its vectors.
                            first.Add(search[^1]);
                            hits += matches.Count;
                        }

                        HandWrittenLoop.ThrowUnlessFound(best, floor, matches);
                    }
                }
            }

            var (loopMedian, searchMedian, firstMedian) = (Median(loop), Median(search), Median(first));
            output.WriteLine(FormattableString.Invariant(
                $"| {name} | {vectors.Count} | {floor:F2} | {queries.Length} | {hits} | {loopMedian:F0} | {searchMedian:F1} | {loopMedian / searchMedian:F1} | {firstMedian:F1} | {loopMedian / firstMedian:F1} |"));
        }
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static int Questions(string set)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(set, QuestionFile)), CompressionMode.Decompress));
        var count = 0;
        while (lines.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    private static List<float[]> Read(string file, int count)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(file));
        var dimensions = halves.Length / count;
        var rows = new List<float[]>();
        for (var start = 0; start + dimensions <= halves.Length; start += dimensions)
        {
            var row = new float[dimensions];
            TensorPrimitives.ConvertToSingle(halves.Slice(start, dimensions), row);
            if (TensorPrimitives.Norm<float>(row) > 0)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
