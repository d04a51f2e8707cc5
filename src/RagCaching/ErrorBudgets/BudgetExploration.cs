using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.ErrorBudgets;

/// <summary>A decision under an error budget whose question is answered anew.</summary>
internal sealed class BudgetExploration(
    BudgetLearner learner, ScopeBudget scope, Neighbourhood neighbourhood, BudgetDecision? decision, SemanticCacheReason verdict, ExplorationKind kind) : IExploration
{
    public bool IsCheck => kind is ExplorationKind.Audit or ExplorationKind.Repeat;

    public async ValueTask<Learnt> LearnAsync(StoredAnswer fresh, CancellationToken cancellationToken)
    {
        // Two steps, because a label is worth keeping even if nobody waits for the groups to be compared.
        var comparison = decision is null
            ? AnswerComparison.Unknown
            : await learner.Labels.LabelAsync(scope, neighbourhood, decision, verdict, kind, fresh, cancellationToken).ConfigureAwait(false);
        if (neighbourhood.Request.Mode == SemanticCacheMode.ReadOnly)
        {
            return default;
        }

        if (decision is { Risk: not null } && kind is ExplorationKind.Audit or ExplorationKind.Repeat && comparison == AnswerComparison.Same)
        {
            learner.Repeats.Confirm(neighbourhood.Request, neighbourhood.Matches[neighbourhood.IndexOf(decision.Candidate)]);
            return new Learnt(decision.Candidate.Group, IsKnown: true);
        }

        return new Learnt(await learner.Groups.FindAsync(scope, neighbourhood, decision?.Candidate, comparison, fresh, cancellationToken).ConfigureAwait(false));
    }
}
