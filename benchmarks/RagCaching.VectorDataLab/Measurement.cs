using System.Diagnostics;

namespace RagCaching.VectorDataLab;

/// <summary>One store that is measured.</summary>
internal sealed class Measurement(string name, IVectorStore store)
{
    private const int Writers = 8;

    private readonly List<double> _medians = [];

    /// <summary>Gets what was found for each question.</summary>
    public string[] Found { get; } = new string[Workload.Questions];

    /// <summary>Gets the median of the rounds' medians, in milliseconds.</summary>
    public double MedianSearch => _medians.Order().ElementAt(_medians.Count / 2);

    public async Task FillAsync(Workload workload)
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Workload.Entries, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, token) => await store.UpsertAsync(Workload.Entry(i, workload.Vectors[i]), token));
        Console.WriteLine($"{name}: {Workload.Entries / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} upserts/s with {Writers} writers");
    }

    public async Task SearchAsync(Workload workload, int round)
    {
        var times = new double[Workload.Questions];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var matches = await store.SearchAsync(new VectorQuery { Partition = "p", Vector = workload.Asked[i], Limit = 4, IncludeVector = true, IncludePayload = true });
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Found[i] = matches[0].Entry.Id;
        }

        Array.Sort(times);
        _medians.Add(times[times.Length / 2]);
        Console.WriteLine($"{name}, round {round}: search p50 {times[times.Length / 2]:N3} ms, p99 {times[(int)(times.Length * 0.99)]:N3} ms");
    }
}
