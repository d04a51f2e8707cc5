using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using RagCaching.Benchmarks.VectorStores;
using RagCaching.WarmUp;

namespace RagCaching.Benchmarks.ColdStarts;

/// <summary>How much longer the first calls of a process take than later ones, because the runtime has not compiled their code well yet.</summary>
/// <remarks>
/// Every process has only one cold start: run it several times. The calls come after the warm-up in the background, as in a process that serves its first question some seconds after its start;
/// with <c>at-once</c> there is no warm-up.
/// </remarks>
internal static class ColdStart
{
    private const int First = 20;
    private const int Steady = 1_000;
    private const int Inputs = 100;

    public static async Task PrintAsync(TextWriter output, string part, bool atOnce)
    {
        using IColdPart measured = part switch
        {
            "search" => await SearchPart.CreateAsync(),
            "guard" => new GuardPart(),
            "codec" => new CodecPart(),
            "embedding" => await EmbeddingPart.CreateAsync(),
            _ => throw new ArgumentException($"There is no part '{part}'. Take search, guard, codec or embedding.", nameof(part)),
        };
        if (!atOnce)
        {
            using var rehearsal = new Rehearsal();
            await rehearsal.RunAsync(CancellationToken.None);
            var rounds = await new WarmUpRounds(rehearsal.RunAsync, static () => JitInfo.GetCompiledMethodCount(), TimeProvider.System).RunAsync(CancellationToken.None);
            output.WriteLine($"Warmed up in {rounds} rounds.");
        }

        Print(output, Measure(measured));
    }

    private static double[] Measure(IColdPart part)
    {
        var times = new double[part.Calls];

        // The clock and what calls the part are compiled before; they are not what is measured.
        _ = ThreadClock.Microseconds;
        foreach (var method in part.GetType().GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        for (var i = 0; i < First; i++)
        {
            part.Call(-1);
        }

        for (var i = 0; i < times.Length; i++)
        {
            var before = ThreadClock.Microseconds;
            part.Call(i % Inputs);
            times[i] = ThreadClock.Microseconds - before;
        }

        return times;
    }

    // The same inputs, so that neither the first nor the later ones are easier.
    private static void Print(TextWriter output, double[] times)
    {
        var steady = times[^Steady..];
        output.WriteLine("| calls | median, µs | of the same calls later |");
        output.WriteLine("|---|---|---|");
        Row("1", times[..1], 0);
        Row($"2 to {First}", times[1..First], 1);
        Row($"{Inputs + 1} to {Inputs + First}", times[Inputs..(Inputs + First)], 0);
        output.WriteLine(FormattableString.Invariant($"| the last {Steady} | {Median(steady):F2} | 1 |"));
        output.WriteLine($"The first {First}: {string.Join(", ", times[..First].Select(static time => FormattableString.Invariant($"{time:F1}")))} µs");

        void Row(string name, double[] early, int firstInput)
        {
            var later = Enumerable.Range(0, Steady).Where(i => (times.Length - Steady + i) % Inputs >= firstInput && (times.Length - Steady + i) % Inputs < firstInput + early.Length).Select(i => steady[i]);
            output.WriteLine(FormattableString.Invariant($"| {name} | {Median(early):F2} | {Median([.. early]) / Median([.. later]):F2} |"));
        }
    }

    private static double Median(double[] times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
