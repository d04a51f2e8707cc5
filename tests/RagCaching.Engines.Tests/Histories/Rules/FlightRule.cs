using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>
/// One generation of a key at a time in an instance, and in all of them where they share it: as long as nobody leaves, nothing fails, nothing is removed meanwhile, and the journal is in reach.
/// </summary>
internal sealed class FlightRule(bool hasLeases) : IHistoryRule
{
    public const string Name = "One generation of a key at a time";

    public IEnumerable<Violation> Check(History history)
    {
        var removals = history.Operations.Where(operation => Removals.IsRemoval(operation.Step.Kind)).ToArray();
        var areSharing = hasLeases && history.Plan.Settings.ShareGeneration && history.Plan.Steps.All(step => step.Worker != Settings.Nemesis);
        var plain = history.Answers.Values.Where(answer => answer is { IsComplete: true, MayBeShared: true, Step.Mode: SemanticCacheMode.ReadWrite } && answer is { Step.Kind: StepKind.Get or StepKind.Stream, Operation.Failure: null, Operation.HasLeft: false });
        var unshared = history.Answers.Values.Where(answer => !answer.IsComplete || !answer.MayBeShared).ToLookup(answer => answer.Step.Key);
        foreach (var group in plain.GroupBy(answer => answer.Step.Key))
        {
            var inOrder = group.OrderBy(answer => answer.Begun).ToArray();
            for (var i = 1; i < inOrder.Length; i++)
            {
                var (first, second) = (inOrder[i - 1], inOrder[i]);
                var isShared = ReferenceEquals(first.Operation.Life, second.Operation.Life) ? !HasMissedRemovals(first, second) : areSharing && HadJournal(first) && HadJournal(second);
                if (second.Begun < first.Ended && isShared && !unshared[group.Key].Any(answer => HasWaitedFor(first, answer) || HasWaitedFor(second, answer)) && !removals.Any(removal => IsBetween(removal, first, second)))
                {
                    yield return new Violation(Name, $"Model call {second.Number} began before {first.Number} had ended.", first.Operation, second.Operation);
                }
            }
        }
    }

    // Nobody joins what began before a removal that came in meanwhile: one of its own instance, or what it has read of another's. A call that began first may ask the model last.
    private bool IsBetween(Operation removal, Answer first, Answer second) => removal.Step.Tenant == first.Step.Tenant && removal.Invoked <= second.Begun
        && (removal.Responded >= Math.Min(first.Operation.Invoked, second.Operation.Invoked) || (hasLeases && HasLearnt(first.Operation, second.Operation)));

    private static bool HasLearnt(Operation first, Operation second) =>
        Math.Min(first.KnownBefore.Version, second.KnownBefore.Version) < Math.Max(first.KnownAfter.Version, second.KnownAfter.Version);

    // Whoever waited for an answer that turned out not to be shared goes on alone.
    private static bool HasWaitedFor(Answer answer, Answer other) => other.Begun <= answer.Begun && other.Ended >= answer.Operation.Invoked;

    // An instance that opens its journal, or finds another content in it, does not know what was removed before: nobody joins what was begun then.
    private bool HasMissedRemovals(Answer first, Answer second) => hasLeases && (!HadJournal(first) || !HadJournal(second) || EpochsOf(first.Operation, second.Operation).Distinct().Skip(1).Any());

    private static int[] EpochsOf(Operation first, Operation second) => [first.KnownBefore.Epoch, first.KnownAfter.Epoch, second.KnownBefore.Epoch, second.KnownAfter.Epoch];

    // Nobody waits for an instance that has only just started.
    private static bool HadJournal(Answer answer) => answer.Operation.Reason != SemanticCacheReason.Unavailable;
}
