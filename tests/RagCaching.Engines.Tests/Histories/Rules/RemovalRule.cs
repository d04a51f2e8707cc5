using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>
/// No answer whose generation began before a removal that covers it, after that removal has returned: on the same instance at once, on others when they know of it, and after MaxStaleness in any case,
/// since they may then serve only what they have heard of since.
/// </summary>
internal sealed class RemovalRule(bool isShared) : IHistoryRule
{
    public const string Name = "No answer after its removal";

    public IEnumerable<Violation> Check(History history)
    {
        var removals = history.Operations.Where(operation => Removals.IsRemoval(operation.Step.Kind) && Removals.IsDone(operation)).ToArray();
        foreach (var served in history.Operations.Where(operation => operation is { Text: not null, Failure: null, Own: null }))
        {
            if (history.AnswerOf(served) is not { } answer)
            {
                continue;
            }

            foreach (var removal in removals.Where(removal => removal.Responded < served.Invoked && Removals.Covers(removal, answer.Step, served.IsServed ? served.EntryId : null)))
            {
                // A removal by id is one of that very answer; one by filter, of all whose generation had begun.
                if ((removal.Step.Kind == StepKind.RemoveId || answer.IsBefore(removal.Invoked)) && Why(history, removal, served) is { } why)
                {
                    yield return new Violation(Name, why, answer.Operation, removal, served);
                }
            }
        }
    }

    private string? Why(History history, Operation removal, Operation served)
    {
        if (ReferenceEquals(removal.Life, served.Life))
        {
            return "The removal had returned on the same instance.";
        }

        // What another instance is just being told by a model is not in any store, and one that shares nothing is never told.
        if (!served.IsServed || !isShared)
        {
            return null;
        }

        if (history.Plan.Settings.CheckBeforeServing)
        {
            return "The removal had returned, and the journal is asked on each hit.";
        }

        // Versions of different contents of an engine cannot be compared.
        if (served.KnownBefore.Epoch == 0 && removal.Knew is { Epoch: 0 } knew && served.KnownBefore.Version >= knew.Version)
        {
            return "The other instance knew of the removal.";
        }

        return served.Invoked - removal.Responded > History.Microseconds(history.Plan.Settings.MaxStaleness) ? "The other instance cannot have heard from the journal without hearing of the removal." : null;
    }
}
