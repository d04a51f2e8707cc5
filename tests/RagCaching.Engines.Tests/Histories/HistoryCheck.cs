using System.Globalization;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Rules;
using RagCaching.Engines.Tests.Histories.Worlds;

namespace RagCaching.Engines.Tests.Histories;

/// <summary>Runs plans, seed after seed, until the time for it is over; a broken promise ends it with everything that is needed to repeat it.</summary>
internal sealed class HistoryCheck(HistoryEngine engine)
{
    private const int Steps = 40;

    private static readonly TimeSpan ShrinkingTime = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the number of calls that were checked.</summary>
    public int Calls { get; private set; }

    /// <summary>Gets or sets the number of plans that were run.</summary>
    public int Runs { get; private set; }

    public static Plan PlanOf(int seed, HistoryEngine engine, int steps = Steps) => PlanMaker.Make(seed, steps, HistoryBudget.Scopes, engine.Nemesis, engine.IsShared ? 2 : 1);

    /// <summary>Runs plans.</summary>
    /// <param name="firstSeed">The first seed.</param>
    /// <param name="time">For how long to begin new plans.</param>
    public async Task RunAsync(int firstSeed, TimeSpan time)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var seed = firstSeed; Runs == 0 || TimeProvider.System.GetElapsedTime(started) < time; seed++)
        {
            var plan = PlanOf(seed, engine);
            var (history, violations) = await HistoryRun.RunAsync(plan, engine);
            Runs++;
            Calls += history.Operations.Count();
            if (violations.Count > 0)
            {
                var (shortest, violation) = await Shrinking.ShrinkAsync(plan, violations[0], shorter => HistoryRun.RunAsync(shorter, engine), ShrinkingTime);
                Assert.Fail(Describe(plan, violations, shortest, violation));
            }
        }
    }

    private static string Describe(Plan plan, IReadOnlyList<Violation> violations, Plan shortest, Violation violation) => string.Create(
        CultureInfo.InvariantCulture,
        $"Seed {plan.Seed} breaks {violations.Count} promises; {HistoryBudget.SeedVariable}={plan.Seed} repeats it.\n{plan.Settings}\n{string.Join('\n', violations.Take(5))}\n\nThe shortest plan that was found, of {shortest.Steps.Count} steps, breaks:\n{violation}\n{string.Join('\n', shortest.Steps.Take(60))}");
}
