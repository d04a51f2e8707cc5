using System.Diagnostics;
using System.Globalization;

namespace RagCaching.JournalLab;

/// <summary>Shows what several instances share: answers, one call of the model for all, removals, and what the next run finds.</summary>
internal static class Demonstration
{
    private const string Known = "kept-question";
    private const string Name = "journal_lab";

    public static async Task<int> RunAsync(string engine, string address, int count)
    {
        Console.WriteLine($"Starting {count} instances, each a process of its own, with one journal ({engine}).");
        var instances = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => InstanceProcess.StartAsync(engine, address, Name)));
        var isRight = true;
        try
        {
            var first = await instances[0].DoAsync($"ask {Known}");
            Say("A question that a run before this one may have asked", first.StartsWith("ExactHit", StringComparison.Ordinal) ? "served from the journal: this is a warm start" : "answered by the model: this journal is new");

            var question = string.Create(CultureInfo.InvariantCulture, $"new-{Guid.NewGuid():N}");
            var answers = await Task.WhenAll(instances.Select(instance => instance.DoAsync($"many 100 1000 {question}")));
            var calls = answers.Sum(answer => int.Parse(answer.Split('=', ' ')[1], CultureInfo.InvariantCulture));
            isRight &= Check($"{100 * count} callers ask the same new question at the same time", $"{calls} call of the model, {answers.Count(answer => answer.EndsWith("answered=100", StringComparison.Ordinal)) * 100} answers", calls == 1);

            await instances[0].DoAsync("flush");
            var shared = await UntilAsync(instances[^1], $"ask {question}", answer => answer.StartsWith("ExactHit", StringComparison.Ordinal));
            isRight &= Check("The last instance asks it again", "a hit, without the model", shared is not null);

            await instances[0].DoAsync("forget new");
            var clock = Stopwatch.StartNew();
            var gone = await UntilAsync(instances[^1], "status", answer => answer.Contains("entries=1 ", StringComparison.Ordinal));
            isRight &= Check("The first instance removes it; the last one has forgotten it", $"{clock.Elapsed.TotalMilliseconds:F0} ms later", gone is not null);
        }
        finally
        {
            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }

        Console.WriteLine(isRight ? "All of it holds. Run it again on the same journal: it starts warm." : "Something does not hold.");
        return isRight ? 0 : 1;
    }

    private static async Task<string?> UntilAsync(InstanceProcess instance, string command, Func<string, bool> isDone)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(10))
        {
            if (await instance.DoAsync(command) is var answer && isDone(answer))
            {
                return answer;
            }
        }

        return null;
    }

    private static bool Check(string what, string outcome, bool holds)
    {
        Say(what, $"{outcome} {(holds ? "(holds)" : "(DOES NOT HOLD)")}");
        return holds;
    }

    private static void Say(string what, string outcome) => Console.WriteLine($"  {what}: {outcome}");
}
