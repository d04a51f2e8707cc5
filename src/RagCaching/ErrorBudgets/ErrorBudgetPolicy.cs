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
        var all = await search.FindAsync(request, vector, minimumSimilarity: -1, options.Neighbours, cancellationToken, withStale: true).ConfigureAwait(false);
        IReadOnlyList<CandidateSearch.Match> fresh = all.Any(match => match.IsStale) ? [.. all.Where(match => !match.IsStale)] : all;
        var found = await FindAsync(request, scope, fresh, vector, refusal, progress, cancellationToken).ConfigureAwait(false);
        return found.Answer is null && fresh.Count < all.Count
            ? found.WithFallback(await ToFallbackAsync(request, scope, all, vector, progress, cancellationToken).ConfigureAwait(false) ?? found.Fallback)
            : found;
    }

    private async ValueTask<LookupResult> FindAsync(
        CacheRequest request,
        ScopeBudget scope,
        IReadOnlyList<CandidateSearch.Match> matches,
        ReadOnlyMemory<float> vector,
        SemanticCacheReason refusal,
        Lookup.Progress progress,
        CancellationToken cancellationToken)
    {
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

        if (request.MayExplore && Explore(request, decision) is var kind and not ExplorationKind.NotServed)
        {
            // An audit that the model does not answer takes nothing from its caller; a question that has become too risky is another matter.
            return Miss(scope, neighbourhood, refusal, SemanticCacheReason.Audit, match.Similarity, vector, decision, kind)
                .WithFallback(kind == ExplorationKind.Audit && search.FindsStale ? Guarded(new Fallback(match.Id, SemanticCacheOutcome.SemanticHit, match.Similarity), request, scope, decision, mayRepeat: true) : null);
        }

        scope.Served();
        learner.Served.Remember(request, match.Id, decision);
        scopes.RefitIfDue(request.ScopeLabel, scope);
        telemetry.Compared(match.Similarity, TelemetryNames.Results.Hit, nameof(SemanticCacheOutcome.SemanticHit));
        return hit;
    }

    // What is not fresh any more is no evidence about what is, so it is decided about apart, and nothing is learnt from it.
    private async ValueTask<Fallback?> ToFallbackAsync(
        CacheRequest request, ScopeBudget scope, IReadOnlyList<CandidateSearch.Match> all, ReadOnlyMemory<float> vector, Lookup.Progress progress, CancellationToken cancellationToken)
    {
        var nearest = new Neighbourhood(request, [.. all.Take(options.Neighbours)], UnitVectors.Of(vector.Span));
        var candidate = nearest.Matches.TakeWhile(match => !IsStaleCandidate(request, match)).Count();
        if (candidate == nearest.Matches.Count)
        {
            return null;
        }

        var decision = scope.Consider(request.Question, nearest.UnitVector, nearest.Neighbours, candidate);
        return decision.MayServe && await checks.ToFallbackAsync(request, nearest.Matches[candidate], progress, cancellationToken).ConfigureAwait(false) is { } fallback
            ? Guarded(fallback, request, scope, decision, mayRepeat: false)
            : null;
    }

    private bool IsStaleCandidate(CacheRequest request, CandidateSearch.Match match) =>
        match.IsStale && decider.Decide(request.Question, match.State.Question, match.Similarity, request.MinimumSimilarity, match.State.Rejected.Contains(request.ReportKey)) == SemanticCacheReason.None;

    // The budget is asked once more when the answer is needed: its breaker may have opened since.
    private Fallback Guarded(Fallback fallback, CacheRequest request, ScopeBudget scope, BudgetDecision decision, bool mayRepeat) => fallback with
    {
        TryServe = () =>
        {
            if (!scope.MayStillServe(decision) || (!mayRepeat && learner.Repeats.IsTooRisky(request, decision.Risk)))
            {
                return false;
            }

            scope.Served();
            learner.Served.Remember(request, fallback.Entry, decision);
            return true;
        },
    };

    private ExplorationKind Explore(CacheRequest request, BudgetDecision decision) =>
        learner.Repeats.IsTooRisky(request, decision.Risk) ? ExplorationKind.Repeat
        : learner.Audits.IsDrawn() ? ExplorationKind.Audit
        : ExplorationKind.NotServed;

    private (int Candidate, SemanticCacheReason Verdict) Choose(CacheRequest request, IReadOnlyList<CandidateSearch.Match> matches)
    {
        var nearest = SemanticCacheReason.NoCandidates;
        for (var i = 0; i < matches.Count; i++)
        {
            var state = matches[i].State;
            var reason = decider.Decide(request.Question, state.Question, matches[i].Similarity, request.MinimumSimilarity, state.Rejected.Contains(request.ReportKey));
            if (reason == SemanticCacheReason.None)
            {
                return (i, reason);
            }

            nearest = i == 0 ? reason : nearest;
            if (reason == SemanticCacheReason.BelowThreshold)
            {
                break;
            }
        }

        return (-1, nearest);
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
