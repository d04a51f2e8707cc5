using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;
using RagCaching.Engines.Tests.Histories.Worlds;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>Every caller gets its answer, or the failure of a model: never one of the cache.</summary>
internal sealed class AnsweredRule : IHistoryRule
{
    public const string Name = "Every caller is answered";

    public IEnumerable<Violation> Check(History history)
    {
        foreach (var operation in history.Operations)
        {
            if (operation.Step.Kind is not (StepKind.Get or StepKind.Stream or StepKind.Lookup or StepKind.Store))
            {
                continue;
            }

            if (operation.Responded == long.MaxValue)
            {
                yield return new Violation(Name, "The call has not returned.", operation);
            }
            else if (operation.Failure is { } failure && failure is not ModelFailureException && !(operation.HasLeft && failure is OperationCanceledException))
            {
                yield return new Violation(Name, $"The call failed: {failure}", operation);
            }
            else if (operation is { Failure: ModelFailureException, Own.IsComplete: true })
            {
                yield return new Violation(Name, "The caller's own model has answered, and the caller got a failure.", operation);
            }
            else if (operation is { Failure: null, Text: null, HasLeft: false, Step.Kind: StepKind.Get or StepKind.Stream })
            {
                yield return new Violation(Name, "The call returned nothing.", operation);
            }
        }
    }
}
