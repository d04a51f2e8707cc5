using System.Diagnostics;

namespace RagCaching.Benchmarks.Embeddings;

/// <summary>How long hits from Redis take beside the bare client, in turns.</summary>
/// <remarks>
/// On a machine that others use too, minutes that lie apart cannot be compared. Here each round runs every method for some milliseconds,
/// and the median is that of the ratios within the rounds.
/// </remarks>
internal static class RedisRatios
{
    private const int WarmupRounds = 20;
    private const int Rounds = 120;

    public static async Task PrintAsync(TextWriter output)
    {
        using var redis = new RedisHitBenchmarks();
        await redis.StartAsync();
        output.WriteLine("| | Median | Ratio: quartile, median, quartile |");
        output.WriteLine("|---|---|---|");
        await CompareAsync(
            output,
            300,
            ("client, one", redis.RedisCacheOne),
            ("client again, one", redis.RedisCacheOne),
            ("bare work, one", redis.RedisCacheOneBareWork),
            ("embedder, one", redis.EmbedderOne));
        await CompareAsync(
            output,
            30,
            ("client, 100", redis.RedisCacheHundred),
            ("client again, 100", redis.RedisCacheHundred),
            ("bare work, 100", redis.RedisCacheHundredBareWork),
            ("embedder, 100", redis.EmbedderHundred));
    }

    private static async Task CompareAsync(TextWriter output, int repetitions, params (string Name, Func<Task> Call)[] methods)
    {
        var times = new double[methods.Length][];
        Array.Fill(times, []);
        for (var round = -WarmupRounds; round < Rounds; round++)
        {
            for (var i = 0; i < methods.Length; i++)
            {
                var time = await MeasureAsync(methods[i].Call, repetitions);
                times[i] = round < 0 ? [] : [.. times[i], time];
            }
        }

        for (var i = 0; i < methods.Length; i++)
        {
            var ratios = times[i].Zip(times[0], (time, baseline) => time / baseline).Order().ToArray();
            var median = times[i].Order().ElementAt(Rounds / 2);
            output.WriteLine(FormattableString.Invariant(
                $"| {methods[i].Name} | {median:F0} µs | {ratios[Rounds / 4]:F2}, {ratios[Rounds / 2]:F2}, {ratios[Rounds * 3 / 4]:F2} |"));
        }
    }

    private static async Task<double> MeasureAsync(Func<Task> call, int repetitions)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++)
        {
            await call();
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / repetitions;
    }
}
