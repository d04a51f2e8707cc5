using RagCaching.Diagnostics;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Matching;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets;

/// <summary>Serves what the scope's error budget allows: the nearest stored answer that no guard objects to, judged by its whole neighbourhood.</summary>
internal sealed class ErrorBudgetPolicy(
    CandidateSearch search, MatchDecider decider, FinalChecks checks, BudgetScopes scopes, BudgetLearner learner, ErrorBudgetOptions options, CacheTelemetry telemetry)
    : IMatchPolicy
{
    public async ValueTask<LookupResult> FindAsync(
        CacheRequest request, ReadOnlyMemory<float> vector, SemanticCacheReason refusal, Lookup.Progress progress, CancellationToken cancellationToken)
    {
        var scope = await scopes.GetAsync(request.ScopeLabel, cancellationToken).ConfigureAwait(false);

        // Neighbours below the floor are evidence too; only the candidate has to be above it.
        var matches = await search.FindAsync(request, vector, minimumSimilarity: -1, options.Neighbours, cancellationToken).ConfigureAwait(false);
        var (candidate, verdict) = Choose(request, matches);
        var neighbourhood = new Neighbourhood(request, matches, UnitVectors.Of(vector.Span));
        if (candidate < 0)
        {
            scope.PassBy();
            return Miss(scope, neighbourhood, refusal, verdict, matches.Count == 0 ? null : matches[0].Similarity, vector, decision: null, ExplorationKind.NotServed);
        }

        var decision = scope.Decide(request.Question, neighbourhood.UnitVector, neighbourhood.Neighbours, candidate);
        var match = matches[candidate];
        if (!decision.MayServe)
        {
            return Miss(scope, neighbourhood, refusal, SemanticCacheReason.Policy, match.Similarity, vector, decision, ExplorationKind.NotServed);
        }

        var hit = await checks.LoadAsync(request, match, progress, cancellationToken).ConfigureAwait(false);
        if (hit.Answer is null)
        {
            // In shadow mode every decision to serve is checked, so that what is found out is true of all of them.
            return Miss(scope, neighbourhood, refusal, hit.Reason, match.Similarity, vector, decision, hit.Reason == SemanticCacheReason.Shadow ? ExplorationKind.Shadow : ExplorationKind.NotServed);
        }

        // A difference between a model and what a person wrote says nothing about the match.
        if (request.MayExplore && !match.IsCurated && Explore(request, decision) is var kind and not ExplorationKind.NotServed)
        {
            return Miss(scope, neighbourhood, refusal, SemanticCacheReason.Audit, match.Similarity, vector, decision, kind);
        }

        scope.Served();
        learner.Served.Remember(request, match.Id, decision);
        scopes.RefitIfDue(request.ScopeLabel, scope);
        telemetry.Compared(match.Similarity, TelemetryNames.Results.Hit, nameof(SemanticCacheOutcome.SemanticHit));
        return hit;
    }

    private ExplorationKind Explore(CacheRequest request, BudgetDecision decision) =>
        learner.Repeats.IsTooRisky(request, decision.Risk) ? ExplorationKind.Repeat
        : learner.Audits.IsDrawn() ? ExplorationKind.Audit
        : ExplorationKind.NotServed;

    private (int Candidate, SemanticCacheReason Verdict) Choose(CacheRequest request, IReadOnlyList<CandidateSearch.Match> matches)
    {
        var first = SemanticCacheReason.NoCandidates;
        var ordered = CuratedFirst.Order(matches, request.MinimumSimilarity);
        for (var i = 0; i < ordered.Count; i++)
        {
            var (state, similarity) = (ordered[i].State, ordered[i].Similarity);
            var reason = decider.Decide(request.Question, state.Question, similarity, request.MinimumSimilarity, state.Rejected.Contains(request.ReportKey));
            if (reason == SemanticCacheReason.None)
            {
                return (ReferenceEquals(ordered, matches) ? i : matches.ToList().IndexOf(ordered[i]), reason);
            }

            first = i == 0 ? reason : first;
            if (reason == SemanticCacheReason.BelowThreshold)
            {
                break;
            }
        }

        return (-1, first);
    }

    private LookupResult Miss(
        ScopeBudget scope,
        Neighbourhood neighbourhood,
        SemanticCacheReason refusal,
        SemanticCacheReason verdict,
        float? similarity,
        ReadOnlyMemory<float> vector,
        BudgetDecision? decision,
        ExplorationKind kind)
    {
        if (similarity is { } nearest)
        {
            telemetry.Compared(nearest, TelemetryNames.Results.Miss, verdict.ToString());
        }

        // What was only looked up gets no new answer to learn from.
        scopes.RefitIfDue(neighbourhood.Request.ScopeLabel, scope);
        return LookupResult.Miss(refusal == SemanticCacheReason.NoCandidates ? verdict : refusal, similarity, vector) with
        {
            Exploration = neighbourhood.Request.MayExplore ? new BudgetExploration(learner, scope, neighbourhood, decision, verdict, kind) : null,
        };
    }
}
