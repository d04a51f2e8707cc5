using RagCaching.Calibration;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Matching;

/// <summary>Serves the nearest stored answer whose similarity reaches a threshold and to which nobody objects; each candidate is tried in turn.</summary>
internal sealed class ThresholdPolicy(
    CandidateSearch search, MatchDecider decider, FinalChecks checks, AliasTable aliases, ShadowRecorder shadow, float nearMissMargin, CacheTelemetry telemetry) : IMatchPolicy
{
    private const int Candidates = 5;

    // So far below the threshold every search looks for what almost matched, which costs it next to nothing: it tells the owner whether the threshold is right.
    private const float UsualMargin = ShadowOptions.DefaultNearMissMargin;

    // A threshold can only be chosen from what was seen below it.
    private const float ShadowMargin = 0.4f;

    public async ValueTask<LookupResult> FindAsync(
        CacheRequest request, ReadOnlyMemory<float> vector, SemanticCacheReason refusal, Lookup.Progress progress, CancellationToken cancellationToken)
    {
        var margin = checks.IsShadow ? ShadowMargin : Math.Min(UsualMargin, nearMissMargin);
        var matches = await search.FindAsync(request, vector, request.MinimumSimilarity - margin, Candidates, cancellationToken, withStale: true).ConfigureAwait(false);
        if (matches.Count == 0 && nearMissMargin > margin)
        {
            // By itself, so that hits are found as fast as without.
            matches = await search.FindAsync(request, vector, request.MinimumSimilarity - nearMissMargin, 1, cancellationToken).ConfigureAwait(false);
        }

        progress.Trace?.Say("search", $"{matches.Count} stored questions are near enough to be considered.");
        Fallback? fallback = null;
        CandidateSearch.Match? decided = null;
        var decisive = default(GuardRefusal);
        var verdict = SemanticCacheReason.NoCandidates;
        foreach (var match in CuratedFirst.Order(matches, request.MinimumSimilarity))
        {
            var reason = decider.Decide(
                request.Question, match.State.Question, match.Similarity, request.MinimumSimilarity, match.State.Rejected.Contains(request.ReportKey), out var objection);
            if (match.IsStale)
            {
                // Of a fresh answer further away more is known than of a stale one nearby.
                fallback ??= reason == SemanticCacheReason.None ? await checks.ToFallbackAsync(request, match, progress, cancellationToken).ConfigureAwait(false) : null;
                continue;
            }

            if (reason == SemanticCacheReason.None)
            {
                var hit = await checks.LoadAsync(request, match, progress, cancellationToken).ConfigureAwait(false);
                if (hit.Answer is not null)
                {
                    progress.Trace?.Judge(match.ToCandidate(request.MinimumSimilarity, reason));
                    aliases.Set(request.Partition, request.ReportKey, new AliasTable.Alias(match.Id, match.Similarity));
                    telemetry.Compared(match.Similarity, TelemetryNames.Results.Hit, nameof(SemanticCacheOutcome.SemanticHit));
                    return hit;
                }

                reason = hit.Reason;
            }

            progress.Trace?.Judge(match.ToCandidate(request.MinimumSimilarity, reason, objection));

            // The reason that counts is the one against the nearest candidate; but shadow mode is asked what would have been served.
            if (decided is null || reason == SemanticCacheReason.Shadow)
            {
                (decided, verdict, decisive) = (match, reason, objection);
            }

            if (reason == SemanticCacheReason.Shadow)
            {
                break;
            }
        }

        if (decided is null)
        {
            return LookupResult.Miss(fallback is null ? refusal : SemanticCacheReason.Expired, vector: vector).WithFallback(fallback);
        }

        telemetry.Compared(matches[0].Similarity, TelemetryNames.Results.Miss, verdict.ToString());
        var miss = LookupResult.Miss(refusal == SemanticCacheReason.NoCandidates ? verdict : refusal, matches[0].Similarity, vector) with
        {
            NearMiss = decided.ToCandidate(request.MinimumSimilarity, verdict, decisive),
            Exploration = shadow.Begin(request, decided, verdict),
        };
        return miss.WithFallback(fallback);
    }
}
