using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;
using RagCaching.Engines.Tests.Histories.Rules;

namespace RagCaching.Engines.Tests.Histories;

/// <summary>
/// Makes a failing plan shorter by leaving out parts of it, as long as the same promise is still broken. Delta debugging (Zeller and Hildebrandt, 2002), with several tries, since threads decide too. Properties
/// that shrink by making new random cases would not keep the steps that meet.
/// </summary>
internal static class Shrinking
{
    private const int Tries = 3;

    /// <summary>Shortens a plan.</summary>
    /// <param name="plan">A plan that failed.</param>
    /// <param name="first">The first violation.</param>
    /// <param name="run">Runs a plan.</param>
    /// <param name="limit">How long to go on.</param>
    /// <returns>The shortest plan that failed in the same way, with its violation.</returns>
    public static async Task<(Plan Plan, Violation Violation)> ShrinkAsync(Plan plan, Violation first, Func<Plan, Task<(History History, IReadOnlyList<Violation> Violations)>> run, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        var shortest = (Plan: plan, Violation: first);
        var parts = 2;
        while (shortest.Plan.Steps.Count > 1 && parts <= shortest.Plan.Steps.Count)
        {
            var hasShrunk = false;
            var size = (shortest.Plan.Steps.Count + parts - 1) / parts;
            for (var begin = 0; begin < shortest.Plan.Steps.Count && !hasShrunk; begin += size)
            {
                if (TimeProvider.System.GetElapsedTime(started) > limit)
                {
                    return shortest;
                }

                Step[] rest = [.. shortest.Plan.Steps.Take(begin), .. shortest.Plan.Steps.Skip(begin + size)];
                var candidate = shortest.Plan with { Steps = rest };
                if (await FailsAsync(candidate, first.Rule, run) is { } violation)
                {
                    shortest = (candidate, violation);
                    hasShrunk = true;
                }
            }

            parts = hasShrunk ? Math.Max(2, parts - 1) : parts * 2;
        }

        return shortest;
    }

    private static async Task<Violation?> FailsAsync(Plan plan, string rule, Func<Plan, Task<(History History, IReadOnlyList<Violation> Violations)>> run)
    {
        for (var i = 0; i < Tries; i++)
        {
            if ((await run(plan)).Violations.FirstOrDefault(violation => violation.Rule == rule) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }
}
