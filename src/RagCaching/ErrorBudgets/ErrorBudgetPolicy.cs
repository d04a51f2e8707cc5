using System.Globalization;
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
        // What is only explained leaves no trace in the budget.
        var trace = progress.Trace;
        var scope = trace is null
            ? await scopes.GetAsync(request.ScopeLabel, cancellationToken).ConfigureAwait(false)
            : await scopes.PeekAsync(request.ScopeLabel, cancellationToken).ConfigureAwait(false);

        // Neighbours below the floor are evidence too; only the candidate has to be above it.
        var all = await search.FindAsync(request, vector, minimumSimilarity: -1, options.Neighbours, cancellationToken, withStale: true).ConfigureAwait(false);
        trace?.Say("search", $"{all.Count} stored questions are considered.");
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
        var trace = progress.Trace;
        var (candidate, verdict) = Choose(request, matches, trace, out var objection);
        var neighbourhood = new Neighbourhood(request, matches, UnitVectors.Of(vector.Span));
        if (candidate < 0)
        {
            if (trace is null)
            {
                scope.PassBy();
            }

            var nearest = matches.Count == 0 ? null : matches[0].ToCandidate(request.MinimumSimilarity, verdict, objection);
            return Miss(scope, neighbourhood, refusal, verdict, nearest, vector, decision: null, ExplorationKind.NotServed, trace);
        }

        var decision = scope.Decide(request.Question, neighbourhood.UnitVector, neighbourhood.Neighbours, candidate, counts: trace is null);
        var match = matches[candidate];
        trace?.Say("budget", $"The answer to '{match.State.Question}' is right with a probability of {decision.Probability.ToString("0.0000", CultureInfo.InvariantCulture)}; the scope {(decision.MayServe ? "serves it" : decision.WouldServe ? "would serve it, and does not serve yet" : "does not serve it")}.");
        if (!decision.MayServe)
        {
            return Miss(scope, neighbourhood, refusal, SemanticCacheReason.Policy, Told(request, match, decision, SemanticCacheReason.Policy), vector, decision, ExplorationKind.NotServed, trace);
        }

        var hit = await checks.LoadAsync(request, match, progress, cancellationToken).ConfigureAwait(false);
        if (hit.Answer is null)
        {
            // In shadow mode every decision to serve is checked, so that what is found out is true of all of them.
            return Miss(scope, neighbourhood, refusal, hit.Reason, Told(request, match, decision, hit.Reason), vector, decision, hit.Reason == SemanticCacheReason.Shadow ? ExplorationKind.Shadow : ExplorationKind.NotServed, trace);
        }

        // A difference between a model and what a person wrote says nothing about the match.
        if (request.MayExplore && !match.IsCurated && Explore(request, decision, trace) is var kind and not ExplorationKind.NotServed)
        {
            // An audit that the model does not answer takes nothing from its caller; a question that has become too risky is another matter.
            return Miss(scope, neighbourhood, refusal, SemanticCacheReason.Audit, Told(request, match, decision, SemanticCacheReason.Audit), vector, decision, kind, trace)
                .WithFallback(kind == ExplorationKind.Audit && search.FindsStale ? Guarded(new Fallback(match.Id, SemanticCacheOutcome.SemanticHit, match.Similarity), request, scope, decision, mayRepeat: true) : null);
        }

        if (trace is not null)
        {
            trace.Judge(Told(request, match, decision, SemanticCacheReason.None));
            return hit;
        }

        scope.Served();
        learner.Served.Remember(request, match.Id, decision);
        scopes.RefitIfDue(request.ScopeLabel, scope);
        telemetry.Compared(match.Similarity, TelemetryNames.Results.Hit, nameof(SemanticCacheOutcome.SemanticHit));
        return hit;
    }

    private static SemanticCacheCandidate Told(CacheRequest request, CandidateSearch.Match match, BudgetDecision decision, SemanticCacheReason reason) =>
        match.ToCandidate(request.MinimumSimilarity, reason, probability: decision.Probability);

    private ExplorationKind Explore(CacheRequest request, BudgetDecision decision, LookupTrace? trace)
    {
        if (trace is null)
        {
            return Explore(request, decision);
        }

        trace.AuditRate = options.AuditRate;
        var isTooRisky = learner.Repeats.WouldBeTooRisky(request, decision.Risk);
        trace.Say("audit", isTooRisky
            ? "The question was asked so often that it is answered anew, to check the stored answer."
            : $"A share of {options.AuditRate.ToString(CultureInfo.InvariantCulture)} of such hits is answered anew, drawn by lot; this one is taken not to be.");
        return isTooRisky ? ExplorationKind.Repeat : ExplorationKind.NotServed;
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

    private (int Candidate, SemanticCacheReason Verdict) Choose(CacheRequest request, IReadOnlyList<CandidateSearch.Match> matches, LookupTrace? trace, out GuardRefusal objection)
    {
        objection = default;
        var nearest = SemanticCacheReason.NoCandidates;
        var ordered = CuratedFirst.Order(matches, request.MinimumSimilarity);
        for (var i = 0; i < ordered.Count; i++)
        {
            var match = ordered[i];
            var reason = decider.Decide(request.Question, match.State.Question, match.Similarity, request.MinimumSimilarity, match.State.Rejected.Contains(request.ReportKey), out var own);
            if (reason == SemanticCacheReason.None)
            {
                return (ReferenceEquals(ordered, matches) ? i : matches.ToList().IndexOf(match), reason);
            }

            trace?.Judge(match.ToCandidate(request.MinimumSimilarity, reason, own));
            (nearest, objection) = ReferenceEquals(match, matches[0]) ? (reason, own) : (nearest, objection);
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
        SemanticCacheCandidate? nearMiss,
        ReadOnlyMemory<float> vector,
        BudgetDecision? decision,
        ExplorationKind kind,
        LookupTrace? trace)
    {
        var miss = LookupResult.Miss(refusal == SemanticCacheReason.NoCandidates ? verdict : refusal, nearMiss?.Similarity, vector) with { NearMiss = nearMiss };
        if (trace is not null)
        {
            if (decision is not null)
            {
                trace.Judge(nearMiss!);
            }

            return miss;
        }

        if (nearMiss is not null)
        {
            telemetry.Compared(nearMiss.Similarity, TelemetryNames.Results.Miss, verdict.ToString());
        }

        // What was only looked up gets no new answer to learn from.
        scopes.RefitIfDue(neighbourhood.Request.ScopeLabel, scope);
        return miss with
        {
            Exploration = neighbourhood.Request.MayExplore ? new BudgetExploration(learner, scope, neighbourhood, decision, verdict, kind) : null,
        };
    }
}
