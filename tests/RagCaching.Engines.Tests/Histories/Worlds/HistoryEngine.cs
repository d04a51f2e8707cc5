using RagCaching.Engines.Tests.Histories.Plans;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>What keeps the answers of a run.</summary>
internal abstract class HistoryEngine : IAsyncDisposable
{
    /// <summary>Gets what the nemesis may do to it.</summary>
    public virtual IReadOnlyList<StepKind> Nemesis { get; } =
        [StepKind.Skew, StepKind.Skew, StepKind.Restart, StepKind.Crash, StepKind.Fault, StepKind.Fault, StepKind.Delay, StepKind.CutOff];

    /// <summary>Gets a value indicating whether one instance generates for all if they are told to.</summary>
    public bool HasLeases => IsShared;

    /// <summary>Gets a value indicating whether the instances of a tenant share what is stored.</summary>
    public virtual bool IsShared => true;

    /// <summary>Gets a value indicating whether it loses everything when it is killed.</summary>
    public virtual bool LosesDataWhenKilled => false;

    /// <summary>Makes room for a run, in which nothing is stored.</summary>
    public abstract Task BeginAsync();

    /// <summary>Makes a journal of one instance; <see langword="null"/> for a store that has none.</summary>
    public abstract IVectorJournal? NewJournal(int tenant, IServiceProvider services);

    public virtual Task KillAsync() => Task.CompletedTask;

    public virtual Task StartAsync() => Task.CompletedTask;

    public virtual Task FreezeAsync() => Task.CompletedTask;

    public virtual Task ThawAsync() => Task.CompletedTask;

    public virtual Task LoseDataAsync() => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
