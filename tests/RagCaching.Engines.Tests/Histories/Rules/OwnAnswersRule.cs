using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>No answer of another tenant, scope, model or question; none that is partial; none that must not be shared.</summary>
internal sealed class OwnAnswersRule : IHistoryRule
{
    public const string Others = "No answer of another tenant, scope, model or question";
    public const string Partial = "No partial answer";
    public const string Private = "No answer that must not be shared";

    public IEnumerable<Violation> Check(History history)
    {
        foreach (var operation in history.Operations.Where(operation => operation is { Text: not null, Failure: null, HasLeft: false }))
        {
            if (history.AnswerOf(operation) is not { } answer || AnswerText.Read(operation.Text!) is not { } read)
            {
                yield return new Violation(Partial, "The text is no answer.", operation);
                continue;
            }

            var isOwn = ReferenceEquals(answer, operation.Own);
            if (!isOwn && Difference(operation.Step, answer.Step, operation.Outcome == SemanticCacheOutcome.ExactHit) is { } difference)
            {
                yield return new Violation(Others, $"The answer is to another {difference}: {answer.Step}.", operation, answer.Operation);
            }

            // A model that stops early has nothing more to say to its own caller.
            if (!read.IsWhole && !(isOwn && answer.Step.Behavior == Behavior.AnswerIsCutOff) && !(operation.Outcome == SemanticCacheOutcome.Joined && answer.Step.Behavior == Behavior.AnswerIsCutOff))
            {
                yield return new Violation(Partial, "A part is missing.", operation, answer.Operation);
            }

            if (!isOwn && (operation.IsServed ? !answer.MayBeShared : answer.Step.Behavior == Behavior.NotStored))
            {
                yield return new Violation(Private, $"The answer must not be shared: {answer.Step.Behavior}.", operation, answer.Operation);
            }
        }
    }

    private static string? Difference(Step asked, Step answered, bool isExact) =>
        asked.Tenant != answered.Tenant ? "tenant"
        : asked.Scope != answered.Scope ? "scope"
        : asked.Model != answered.Model ? "model"
        : asked.Group != answered.Group ? "question"
        : isExact && asked.Wording != answered.Wording ? "wording"
        : null;
}
