using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.ErrorBudgets;

/// <summary>A decision under an error budget whose question is answered anew.</summary>
internal sealed class BudgetExploration(BudgetLearner learner, ScopeBudget scope, Neighbourhood neighbourhood, BudgetDecision? decision, SemanticCacheReason verdict, bool isAudit) : IExploration
{
    public async ValueTask<ulong> LearnAsync(StoredAnswer fresh, CancellationToken cancellationToken)
    {
        // Two steps, because a label is worth keeping even if nobody waits for the groups to be compared.
        var comparison = decision is null
            ? AnswerComparison.Unknown
            : await learner.Labels.LabelAsync(scope, neighbourhood, decision, verdict, isAudit, fresh, cancellationToken).ConfigureAwait(false);
        return neighbourhood.Request.Mode == SemanticCacheMode.ReadOnly ? 0 : await learner.Groups.FindAsync(scope, neighbourhood, decision?.Candidate, comparison, fresh, cancellationToken).ConfigureAwait(false);
    }
}
