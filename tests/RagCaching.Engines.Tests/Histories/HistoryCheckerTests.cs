using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Rules;
using RagCaching.Engines.Tests.Histories.Worlds;

namespace RagCaching.Engines.Tests.Histories;

/// <summary>A checker that finds nothing in what is broken on purpose is worth nothing.</summary>
[Collection(nameof(RunsAlone))]
[Trait("Category", "History")]
public sealed class HistoryCheckerTests
{
    private const int MostSeeds = 30;
    private const int Steps = 40;
    private const int Scopes = 3;

    private static async Task<(Plan Plan, Violation Violation)> FindAsync(string rule, Breaking breaking, params StepKind[] nemesis)
    {
        await using var engine = new MemoryJournalEngine();
        for (var seed = 1; seed <= MostSeeds; seed++)
        {
            var plan = PlanMaker.Make(seed, Steps, Scopes, nemesis, slots: 2);
            if ((await HistoryRun.RunAsync(plan, engine, breaking)).Violations.FirstOrDefault(violation => violation.Rule == rule) is { } violation)
            {
                return (plan, violation);
            }
        }

        throw new InvalidOperationException($"{MostSeeds} runs were broken on purpose, and '{rule}' was not noticed once.");
    }

    private static bool Every(int count, JournalChange change) => change.Id.Sum(character => character) % count == 0;

    [Fact]
    public async Task Check_AJournalThatLosesWrites_IsNoticed() =>
        await FindAsync(LostWriteRule.Name, new Breaking(journal => new BrokenJournal(journal, change => change.Kind == JournalChangeKind.Upsert && Every(3, change))));

    [Fact]
    public async Task Check_AJournalThatForgetsRemovals_IsNoticed() =>
        await FindAsync(RemovalRule.Name, new Breaking(journal => new BrokenJournal(journal, change => change.Kind is JournalChangeKind.Remove or JournalChangeKind.RemoveWhere)));

    [Fact]
    public async Task Check_AJournalThatForgetsReports_IsNoticed() =>
        await FindAsync(ReportRule.Name, new Breaking(journal => new BrokenJournal(journal, change => change.Kind is JournalChangeKind.SetMetadata or JournalChangeKind.Remove)));

    [Fact]
    public async Task Check_ACacheThatMixesScopes_IsNoticed() => await FindAsync(OwnAnswersRule.Others, new Breaking(Cache: (cache, _) => new ScopeBlindCache(cache)));

    [Theory]
    [InlineData(RemovalRule.Name)]
    [InlineData(ExpiryRule.Name)]
    [InlineData(ReportRule.Name)]
    public async Task Check_ACacheThatServesForEver_IsNoticed(string rule) => await FindAsync(rule, new Breaking(Cache: (cache, _) => new ForgetfulCache(cache)));

    [Fact]
    public async Task Check_ACacheThatServesForEver_IsNoticedWhileItIsCutOff() => await FindAsync(OutageRule.Name, new Breaking(Cache: (cache, _) => new ForgetfulCache(cache)), StepKind.CutOff);

    [Fact]
    public async Task Check_ACacheThatLeavesPartsOut_IsNoticed() => await FindAsync(OwnAnswersRule.Partial, new Breaking(Cache: (cache, _) => new CutOffCache(cache)));

    [Fact]
    public async Task Check_ACacheThatFails_IsNoticed() => await FindAsync(AnsweredRule.Name, new Breaking(Cache: (cache, _) => new FailingCache(cache)));

    [Fact]
    public async Task Check_ACacheThatAsksTheModelForEachCaller_IsNoticed() => await FindAsync(FlightRule.Name, new Breaking(Cache: (cache, _) => new EagerCache(cache)));

    [Theory]
    [InlineData(CleanRule.Unobserved)]
    [InlineData(CleanRule.Leaked)]
    public async Task Check_ACacheThatLeavesThingsBehind_IsNoticed(string rule) => await FindAsync(rule, new Breaking(Cache: (cache, time) => new UntidyCache(cache, time)));

    [Fact]
    public async Task Shrink_AFailingPlan_LeavesFewSteps()
    {
        var breaking = new Breaking(Cache: (cache, _) => new CutOffCache(cache));
        var (plan, violation) = await FindAsync(OwnAnswersRule.Partial, breaking);
        await using var engine = new MemoryJournalEngine();

        var (shortest, again) = await Shrinking.ShrinkAsync(plan, violation, shorter => HistoryRun.RunAsync(shorter, engine, breaking), TimeSpan.FromMinutes(2));

        // One step stores, one looks.
        Assert.Equal(OwnAnswersRule.Partial, again.Rule);
        Assert.InRange(shortest.Steps.Count, 1, 8);
    }

    [Fact]
    public async Task Plan_OfASeed_IsAlwaysTheSame()
    {
        await using var engine = new MemoryJournalEngine();

        Assert.Equal(HistoryCheck.PlanOf(7, engine).Steps, HistoryCheck.PlanOf(7, engine).Steps);
        Assert.NotEqual(HistoryCheck.PlanOf(7, engine).Steps, HistoryCheck.PlanOf(8, engine).Steps);
    }

    [Fact]
    public void Scope_OfEveryNumber_IsAnotherOne() => Assert.Equal(2_000, Enumerable.Range(0, 2_000).Select(Names.Scope).Distinct().Count());
}
