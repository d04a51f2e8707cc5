namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>Makes plans from seeds.</summary>
internal static class PlanMaker
{
    private const int HotScopes = 4;
    private const int Groups = 4;
    private const int Models = 2;
    private const int Tags = 3;

    private static readonly TimeSpan[] Lifetimes = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(8), TimeSpan.FromHours(1)];

    /// <summary>Makes a plan.</summary>
    /// <param name="seed">The seed; the same one makes the same plan.</param>
    /// <param name="steps">The number of steps of each worker.</param>
    /// <param name="scopes">The number of scopes.</param>
    /// <param name="nemesis">What the nemesis may do; nothing if it is empty.</param>
    /// <param name="slots">The number of instances of each tenant.</param>
    public static Plan Make(int seed, int steps, int scopes, IReadOnlyList<StepKind> nemesis, int slots)
    {
        var random = new Random(seed);
        var settings = new Settings
        {
            Slots = slots,
            Scopes = scopes,
            KeepPayloads = random.Next(4) != 0,
            CheckBeforeServing = random.Next(6) == 0,
            WriteThrough = random.Next(4) == 0,
            ShareGeneration = random.Next(2) == 0,
            MaxStaleness = TimeSpan.FromMilliseconds(nemesis.Count == 0 ? 5_000 : 600),
        };

        // Most callers meet in a few scopes whose names are neighbours, so that they get in each other's way; the others are everywhere.
        var hot = random.Next(scopes);
        var made = new List<Step>();
        for (var worker = 0; worker < settings.Workers; worker++)
        {
            for (var i = 0; i < steps; i++)
            {
                made.Add(NextStep(random, worker, settings, random.Next(4) == 0 ? random.Next(scopes) : (hot + random.Next(HotScopes)) % scopes));
            }
        }

        // A quarter of the runs is left alone: then more is promised.
        var turns = nemesis.Count == 0 || random.Next(4) == 0 ? 0 : 1 + random.Next(4);
        for (var i = 0; i < turns; i++)
        {
            var kind = nemesis[random.Next(nemesis.Count)];
            made.Add(NextStep(random, Settings.Nemesis, settings, 0) with { Kind = kind });
            if (kind is StepKind.Fault or StepKind.Delay)
            {
                made.Add(NextStep(random, Settings.Nemesis, settings, 0) with { Kind = StepKind.Heal });
            }
        }

        return new Plan(seed, settings, made);
    }

    private static Step NextStep(Random random, int worker, Settings settings, int scope)
    {
        var kind = random.Next(100) switch
        {
            < 38 => StepKind.Get,
            < 58 => StepKind.Stream,
            < 72 => StepKind.Lookup,
            < 78 => StepKind.Store,
            < 84 => StepKind.RemoveId,
            < 88 => StepKind.RemoveScope,
            < 91 => StepKind.RemoveTag,
            < 94 => StepKind.RemoveModel,
            < 95 => StepKind.RemoveTagOfAll,
            _ => StepKind.ReportWrong,
        };
        var behavior = random.Next(20) switch
        {
            0 => Behavior.ModelFails,
            1 => Behavior.AnswerIsCutOff,
            2 => Behavior.NotStored,
            3 => Behavior.CallerLeaves,
            4 when kind == StepKind.Stream => Behavior.ReaderBreaksOff,
            _ => Behavior.Plain,
        };
        behavior = kind == StepKind.Store && behavior != Behavior.AnswerIsCutOff ? Behavior.Plain : behavior;
        var mode = random.Next(12) switch
        {
            0 => SemanticCacheMode.Refresh,
            1 => SemanticCacheMode.ReadOnly,
            2 when random.Next(3) == 0 => SemanticCacheMode.Bypass,
            _ => SemanticCacheMode.ReadWrite,
        };
        return new Step(
            worker,
            kind,
            random.Next(Settings.Tenants),
            random.Next(settings.Slots),
            scope,
            random.Next(Models),
            random.Next(Groups),
            random.Next(Questions.Wordings),
            random.Next(Tags),
            mode,
            behavior,
            Lifetimes[random.Next(Lifetimes.Length)],
            random.Next(1 << 20));
    }
}
