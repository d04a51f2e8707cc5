using System.Runtime.CompilerServices;
using RagCaching.Chaos.Clocks;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;
using RagCaching.Engines.Tests.Histories.Rules;
using RagCaching.Engines.Tests.Histories.Worlds;
using Xunit.Sdk;

namespace RagCaching.Engines.Tests.Histories;

/// <summary>Carries out a plan and checks what happened.</summary>
internal static class HistoryRun
{
    public const string Settling = "Everything settles when all is well again";

    // What expires during a run does so after so many calls.
    private static readonly TimeSpan TimeOfACall = TimeSpan.FromMilliseconds(1);

    // The last timers ring within seconds; so many collections take longer.
    private const int MostCollections = 2_000;

    /// <summary>Runs a plan.</summary>
    /// <returns>What happened, and which promises were broken.</returns>
    public static async Task<(History History, IReadOnlyList<Violation> Violations)> RunAsync(Plan plan, HistoryEngine engine, Breaking? breaking = null)
    {
        var history = new History(plan);
        EventHandler<UnobservedTaskExceptionEventArgs> note = (_, thrown) => history.Unobserved.Enqueue(thrown.Exception);
        TaskScheduler.UnobservedTaskException += note;
        List<Violation> violations = [];
        try
        {
            await engine.BeginAsync();
            var (left, trouble) = await LiveAsync(history, engine, breaking);
            violations.AddRange(trouble);
            await WaitUntilGoneAsync(history, left.Clocks, left.Stores);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= note;
        }

        IHistoryRule[] rules = [new OwnAnswersRule(), new ExpiryRule(), new RemovalRule(engine.IsShared), new ReportRule(), new AnsweredRule(), new FlightRule(engine.HasLeases), new OutageRule(), new LostWriteRule(), new ConvergenceRule(), new CleanRule()];
        violations.AddRange(rules.SelectMany(rule => rule.Check(history)));
        return (history, violations);
    }

    // Nothing here may keep the world alive when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<((ChaosClock[] Clocks, WeakReference[] Stores) Left, IReadOnlyList<Violation> Trouble)> LiveAsync(History history, HistoryEngine engine, Breaking? breaking)
    {
        var world = new World(history, engine, breaking);
        var steps = history.Plan.Steps.ToLookup(step => step.Worker == Settings.Nemesis);
        var progress = new Progress(steps[false].Count());
        var worker = new Worker(world);
        var nemesis = new NemesisWorker(world, worker, progress);
        var callers = steps[false].GroupBy(step => step.Worker).Select(group => Task.Run(async () =>
        {
            foreach (var step in group)
            {
                await worker.RunAsync(step);
                history.Clock.Pass(TimeOfACall);
                progress.Step();
            }
        }));
        var turns = steps[true].ToArray();
        var interval = steps[false].Count() / (turns.Length + 1);
        var disturbing = Task.Run(async () =>
        {
            for (var i = 0; i < turns.Length; i++)
            {
                await progress.ReachesAsync((i + 1) * interval);
                await nemesis.RunAsync(turns[i]);
            }
        });

        List<Violation> trouble = [];
        try
        {
            await Task.WhenAll([.. callers, disturbing]).WaitAsync(Patience.Long);
            nemesis.Heal();
            await world.SettleAsync();
            await LookAtEverythingAsync(world, worker, steps[false]);
        }
        catch (Exception exception) when (exception is TimeoutException or XunitException)
        {
            trouble.Add(new Violation(Settling, exception.ToString()));
            nemesis.Heal();
        }

        return (await world.EndAsync(), trouble);
    }

    private static async Task LookAtEverythingAsync(World world, Worker worker, IEnumerable<Step> steps)
    {
        foreach (var step in steps.Where(step => step.Kind is not (StepKind.RemoveId or StepKind.ReportWrong) && !Removals.IsFilter(step.Kind)).DistinctBy(step => step.Key))
        {
            foreach (var instance in world.Instances.Where(instance => instance.Life.Tenant == step.Tenant))
            {
                await worker.RunAsync(step with { Kind = StepKind.Lookup, Mode = SemanticCacheMode.ReadOnly, Behavior = Behavior.Plain, Worker = step.Worker }, instance, isFinal: true);
            }
        }
    }

    private static async Task WaitUntilGoneAsync(History history, ChaosClock[] clocks, WeakReference[] stores)
    {
        for (var collections = 0; ; collections++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var timers = clocks.Sum(clock => clock.LiveTimers);
            var alive = stores.Count(store => store.IsAlive);
            if (timers == 0 && alive == 0)
            {
                return;
            }

            if (collections == MostCollections)
            {
                history.Leaks.Enqueue($"{timers} timers, {alive} of {stores.Length} stores.");
                return;
            }

            await Task.Yield();
        }
    }
}
