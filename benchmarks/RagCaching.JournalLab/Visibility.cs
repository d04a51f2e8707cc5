using System.Diagnostics;
using System.Globalization;

namespace RagCaching.JournalLab;

/// <summary>Measures how soon instances see what another one does: a new answer, and a removal.</summary>
internal static class Visibility
{
    private const int WarmUp = 100;
    private const int Answers = 400;
    private const int Removals = 20;
    private const int Checks = 5_000;

    public static async Task<int> RunAsync(string engine, string address, int count)
    {
        Console.WriteLine($"Starting {count} instances, each a process of its own, with one journal ({engine}).");
        var name = string.Create(CultureInfo.InvariantCulture, $"visibility_{Environment.ProcessId}");
        var instances = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => InstanceProcess.StartAsync(engine, address, name)));
        try
        {
            await AnswersAsync(instances);
            await RemovalsAsync(instances);
        }
        finally
        {
            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }

        return 0;
    }

    private static async Task AnswersAsync(InstanceProcess[] instances)
    {
        var delays = new List<double>();
        for (var i = 0; i < WarmUp + Answers; i++)
        {
            var question = string.Create(CultureInfo.InvariantCulture, $"seen{i}-");
            var others = instances[1..].Select(instance => instance.DoAsync($"watch {question}0")).ToArray();
            await instances[0].DoAsync($"store 1 {question}");
            var stored = Stopwatch.GetTimestamp();
            foreach (var seen in (await Task.WhenAll(others)).Where(_ => i >= WarmUp))
            {
                delays.Add(Math.Max(0, Milliseconds(stored, Time(seen))));
            }
        }

        Print("a new answer is served by another instance", delays);
    }

    private static async Task RemovalsAsync(InstanceProcess[] instances)
    {
        var delays = new List<double>();
        var looks = 0;
        for (var i = 0; i < Removals; i++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"gone{i}");
            await instances[0].DoAsync($"store 1 {tag}-");
            await Task.WhenAll(instances[1..].Select(instance => instance.DoAsync($"watch {tag}-0")));
            var checks = instances[1..].Select(instance => instance.DoAsync($"check {Checks} {tag}-0")).ToArray();
            await instances[0].DoAsync($"forget {tag}");
            var removed = Stopwatch.GetTimestamp();
            foreach (var check in await Task.WhenAll(checks))
            {
                looks += Checks;
                delays.Add(Math.Max(0, Milliseconds(removed, Time(check.Split("last=")[1]))));
            }
        }

        Print($"a removed one was served last ({looks:N0} looks)", delays);
    }

    private static long Time(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Milliseconds(long from, long to) => (to - from) * 1_000.0 / Stopwatch.Frequency;

    private static void Print(string what, List<double> delays)
    {
        delays.Sort();
        Console.WriteLine($"{what,-48} p50 {delays[delays.Count / 2]:F1} ms, p99 {delays[delays.Count * 99 / 100]:F1} ms, most {delays[^1]:F1} ms later");
    }
}
