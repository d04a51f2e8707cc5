using RagCaching.Calibration;
using RagCaching.Comparers;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.ErrorBudgets;

/// <summary>Finds out what would have come of decisions, and lets the scope's budget learn from it.</summary>
internal sealed class DecisionLabeler(
    HitLoader hits, EntryValidator validator, ComparerCall comparer, BudgetScopes scopes, ShadowRecorder shadow, ErrorBudgetTelemetry telemetry, FaultReporting reporting)
{
    /// <summary>Compares the new answer with the one that was, or was not, going to be served, and labels the decision.</summary>
    public async ValueTask<AnswerComparison> LabelAsync(
        ScopeBudget scope, Neighbourhood neighbourhood, BudgetDecision decision, SemanticCacheReason verdict, ExplorationKind kind, StoredAnswer fresh, CancellationToken cancellationToken)
    {
        var request = neighbourhood.Request;
        var match = neighbourhood.Matches[neighbourhood.IndexOf(decision.Candidate)];
        if (await hits.LoadForComparisonAsync(match.Id, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not var (entry, cached))
        {
            return AnswerComparison.Unknown;
        }

        var comparison = await comparer.CompareAsync(request.Question, fresh, cached, cancellationToken).ConfigureAwait(false);
        shadow.Record(request, match, verdict, comparison);
        if (kind is ExplorationKind.Audit or ExplorationKind.Shadow)
        {
            telemetry.Audited(comparison);
        }

        if (comparison == AnswerComparison.Unknown)
        {
            return comparison;
        }

        var outcome = scope.LearnAndTell(decision, comparison == AnswerComparison.Same, kind, reporting.Time.GetUtcNow());
        if (outcome.Trips)
        {
            telemetry.Tripped();
            Log.BudgetTripped(reporting.Logger);
        }

        if (outcome.DropsCandidate)
        {
            await validator.DropAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        }

        scopes.RefitIfDue(request.ScopeLabel, scope);
        return comparison;
    }
}
