using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>What was stored is found: by the same instance at once, by all at the end. Unless it was removed, replaced, reported or has expired, or an instance or its journal failed.</summary>
internal sealed class LostWriteRule : IHistoryRule
{
    public const string Name = "Nothing that was stored is lost";

    public IEnumerable<Violation> Check(History history)
    {
        // Clocks that are wrong may shorten lives, and an engine that lost its data has lost it.
        if (history.HasSkews || history.Losses > 0)
        {
            yield break;
        }

        var operations = history.Operations.ToArray();
        var changes = operations.Where(operation => Removals.IsRemoval(operation.Step.Kind) || operation.Step.Kind == StepKind.ReportWrong).ToArray();
        var looks = operations.Where(Looked).ToLookup(operation => operation.Step.Key);
        foreach (var write in operations.Where(operation => operation.HasStored && operation.Own is { IsComplete: true } && operation.Step.TimeToLive > TimeSpan.FromMinutes(1) && !operation.Life.HasFailed))
        {
            if (changes.Any(change => MayUndo(change, write)))
            {
                continue;
            }

            foreach (var look in looks[write.Step.Key].Where(look => look.Invoked > write.Responded && look.Text is null && Promised(history, write, look)))
            {
                if (!operations.Any(other => MayReplace(other, write) && other.Invoked <= look.Responded))
                {
                    yield return new Violation(Name, "It was stored, and is not found.", write, look);
                }
            }
        }
    }

    private static bool Looked(Operation operation) => operation is { Step.Kind: StepKind.Lookup, Step.Mode: SemanticCacheMode.ReadWrite or SemanticCacheMode.ReadOnly, Failure: null, Outcome: SemanticCacheOutcome.Miss or SemanticCacheOutcome.ExactHit }
        && operation.Reason is not (SemanticCacheReason.Unavailable or SemanticCacheReason.Timeout);

    // Where the journal is asked on each hit, it must have the answer first.
    private static bool Promised(History history, Operation write, Operation look) =>
        ReferenceEquals(write.Life, look.Life) && !history.Plan.Settings.CheckBeforeServing ? look.Responded < look.Life.EndBegun : look.IsFinal && write.Life.IsFlushed;

    // What another instance stored before may reach the journal later, and be taken back from there.
    private static bool MayReplace(Operation other, Operation write) => other.Step.Key == write.Step.Key && !ReferenceEquals(other, write) && other.Own is not null
        && (other.Responded >= write.Invoked || !ReferenceEquals(other.Life, write.Life));

    // An instance that has not yet heard of an old removal may be refused a new answer: that is a miss, and no promise is broken.
    private static bool MayUndo(Operation change, Operation write)
    {
        if (change.Step.Tenant != write.Step.Tenant)
        {
            return false;
        }

        var isUnknown = change.Responded >= write.Invoked || change.Failure is not null || change.Knew is not { } knew || knew.Version > write.KnownBefore.Version;
        return change.Step.Kind is StepKind.RemoveId or StepKind.ReportWrong
            ? change.EntryId is null || change.EntryId == write.EntryId || (change.Step.Key == write.Step.Key && isUnknown)
            : Removals.Covers(change, write.Step, write.EntryId) && isUnknown;
    }
}
