using Microsoft.Extensions.DependencyInjection;
using RagCaching.Chaos.Stores;
using RagCaching.Engines.Tests.Histories.Plans;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>The store in memory, of one instance that shares nothing.</summary>
internal sealed class MemoryStoreEngine : HistoryEngine
{
    public override IReadOnlyList<StepKind> Nemesis { get; } = [StepKind.Skew, StepKind.Restart, StepKind.Fault];

    public override bool IsShared => false;

    public override Task BeginAsync() => Task.CompletedTask;

    public override IVectorJournal? NewJournal(int tenant, IServiceProvider services) => null;

    public override ValueTask DisposeAsync() => default;
}

/// <summary>The journal in its shortest form.</summary>
internal sealed class MemoryJournalEngine : HistoryEngine
{
    private MemoryJournal.Place[] _places = [];

    public override IReadOnlyList<StepKind> Nemesis { get; } = [.. new MemoryStoreEngine().Nemesis, StepKind.Crash, StepKind.Fault, StepKind.Delay, StepKind.CutOff, StepKind.LoseData];

    public override Task BeginAsync()
    {
        _places = [.. Enumerable.Range(0, Settings.Tenants).Select(_ => new MemoryJournal.Place())];
        return Task.CompletedTask;
    }

    public override IVectorJournal? NewJournal(int tenant, IServiceProvider services) => new MemoryJournal(_places[tenant], services.GetRequiredService<TimeProvider>());

    public override Task LoseDataAsync()
    {
        foreach (var place in _places)
        {
            place.LoseEverything();
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => default;
}
