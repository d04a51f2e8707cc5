using RagCaching.Chaos.Faults;
using RagCaching.Chaos.Stores;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>A journal that quietly does something else than it is told.</summary>
/// <param name="inner">A journal that does what it is told.</param>
/// <param name="isForgotten">Which changes it forgets, though it says that it has them.</param>
internal sealed class BrokenJournal(IVectorJournal inner, Func<JournalChange, bool> isForgotten) : ChaosJournal(inner, new FaultPlan())
{
    public override ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default) =>
        base.AppendAsync([.. changes.Select(change => isForgotten(change) ? JournalChange.Learn("nothing", default) : change)], cancellationToken);
}
