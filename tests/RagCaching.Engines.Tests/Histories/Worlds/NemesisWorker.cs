using RagCaching.Chaos.Faults;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>Stops, kills, delays and skews.</summary>
internal sealed class NemesisWorker(World world, Worker caller, Progress progress)
{
    private const int Asked = 20;
    private const int CallsOfAnOutage = 6;
    private const int MomentsOfAnOutage = 50;

    // Each costs its caller a time limit that nobody shortens.
    private const int MostHangs = 2;

    private static readonly FaultKind[] Kinds = [FaultKind.FailsAtOnce, FaultKind.ThrowsAtOnce, FaultKind.FailsAfterwards, FaultKind.HangsUntilCancelled];
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortWhile = TimeSpan.FromMilliseconds(50);

    private readonly History _history = world.History;

    private TimeSpan LongerThanAllowed => _history.Plan.Settings.MaxStaleness * 1.6;

    public async Task RunAsync(Step step)
    {
        var instance = world.At(step.Tenant, step.Slot);
        var random = new Random(step.Chance);
        switch (step.Kind)
        {
            case StepKind.Skew:
                world.Skew(step.Tenant, step.Slot, MostSkew * ((random.NextDouble() * 2) - 1));
                break;
            case StepKind.Restart:
                world.Replace(instance);
                break;
            case StepKind.Crash:
                instance.Life.HasFailed = true;
                instance.Journal.Always(FaultKind.FailsAtOnce);
                world.Replace(instance);
                break;
            case StepKind.Fault:
                instance.Life.HasFailed |= !world.Engine.IsShared;
                Fail(random.Next(5) == 0 ? instance.Embedder : instance.Journal, random);
                break;
            case StepKind.Delay:
                instance.Journal.Delay = _ => TimeSpan.FromMilliseconds(step.Chance % 15);
                break;
            case StepKind.Heal:
                Heal();
                break;
            case StepKind.CutOff:
                instance.Journal.Always(random.Next(2) == 0 ? FaultKind.FailsAtOnce : FaultKind.HangsUntilCancelled);
                await PassAsync(instance.Life, LongerThanAllowed);
                instance.Journal.Heal();
                break;
            case StepKind.KillServer:
                await KillServerAsync(step);
                break;
            case StepKind.FreezeServer:
                await world.Engine.FreezeAsync();
                await PassAsync(life: null, step.Chance % 2 == 0 ? LongerThanAllowed : ShortWhile);
                await world.Engine.ThawAsync();
                break;
            case StepKind.LoseData:
                _history.Losses++;
                await world.Engine.LoseDataAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "The nemesis does not do that.");
        }
    }

    /// <summary>Lets everything go well again.</summary>
    public void Heal()
    {
        foreach (var instance in world.Instances)
        {
            instance.Journal.Heal();
            instance.Embedder.Heal();
        }
    }

    private static void Fail(FaultPlan plan, Random random)
    {
        var kind = Kinds[random.Next(Kinds.Length)];
        var often = random.Next(1, 4);
        var count = random.Next(often);
        var hangs = 0;
        plan.Kind = _ => Interlocked.Increment(ref count) % often != 0 ? FaultKind.None
            : kind == FaultKind.HangsUntilCancelled && Interlocked.Increment(ref hangs) > MostHangs ? FaultKind.FailsAfterwards
            : kind;
    }

    private async Task KillServerAsync(Step step)
    {
        if (world.Engine.LosesDataWhenKilled)
        {
            _history.Losses++;
        }

        await world.Engine.KillAsync();
        await PassAsync(life: null, step.Chance % 2 == 0 ? LongerThanAllowed : ShortWhile);
        await world.Engine.StartAsync();
    }

    private async Task PassAsync(Life? life, TimeSpan time)
    {
        var from = _history.Now;

        // Where all callers hang, there are no further calls.
        await Task.WhenAny(progress.FurtherAsync(CallsOfAnOutage), Moments.PassAsync(MomentsOfAnOutage));
        _history.Clock.Pass(time);
        await AskAsync(life);
        _history.Missed(new Outage(life, from, _history.Now));
    }

    // Callers do not wait for an outage to last: someone has to ask when it has.
    private async Task AskAsync(Life? life)
    {
        foreach (var key in world.EntryIds.Keys.Where(key => life is null || life.Tenant == key.Tenant).Take(Asked))
        {
            foreach (var slot in Enumerable.Range(0, _history.Plan.Settings.Slots).Where(slot => life is null || life.Slot == slot))
            {
                await caller.RunAsync(new Step(Settings.Nemesis, StepKind.Lookup, key.Tenant, slot, key.Scope, key.Model, key.Group, key.Wording, 0, SemanticCacheMode.ReadOnly, Behavior.Plain, TimeSpan.FromHours(1), 0));
            }
        }
    }
}
