using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>When everything is written and read, all instances of a tenant serve the same answer to a question.</summary>
internal sealed class ConvergenceRule : IHistoryRule
{
    public const string Name = "All instances end with the same answers";

    // An answer that is about to expire may be gone for the one and there for the other.
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    public IEnumerable<Violation> Check(History history) => history.Operations
        .Where(operation => operation is { IsFinal: true, Outcome: SemanticCacheOutcome.ExactHit } && history.AnswerOf(operation) is { } answer && answer.Step.TimeToLive > Lasting)
        .GroupBy(operation => operation.Step.Key)
        .Where(looks => looks.DistinctBy(look => look.Text).Count() > 1)
        .Select(looks => new Violation(Name, "They differ.", [.. looks]));
}
