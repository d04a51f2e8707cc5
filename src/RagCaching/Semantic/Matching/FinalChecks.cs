using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Matching;

/// <summary>The stages after the policy: the answer must be readable, the verifiers must agree, and the cache must not only be watching.</summary>
internal sealed class FinalChecks(HitLoader hits, VerifierChain verifiers, Func<bool> isShadow)
{
    /// <summary>Gets a value indicating whether decisions are made and recorded, and nothing is served by meaning.</summary>
    public bool IsShadow => isShadow();

    /// <summary>Loads a match that the policy allows, and asks the verifiers.</summary>
    /// <returns>A hit, or a miss with its reason.</returns>
    public async ValueTask<LookupResult> LoadAsync(CacheRequest request, CandidateSearch.Match match, Lookup.Progress progress, CancellationToken cancellationToken)
    {
        var hit = await hits.LoadAsync(request, match, cancellationToken).ConfigureAwait(false);
        if (hit.Answer is not { } answer)
        {
            return hit;
        }

        if (!IsUndoubted(request, match, out var isRefused) && !isRefused && !await IsVerifiedAsync(request, match, answer, progress, cancellationToken).ConfigureAwait(false))
        {
            return LookupResult.Miss(SemanticCacheReason.Verifier);
        }

        if (isRefused)
        {
            return LookupResult.Miss(SemanticCacheReason.BelowThreshold);
        }

        return isShadow() ? LookupResult.Miss(SemanticCacheReason.Shadow) : hit;
    }

    /// <summary>Asks the verifiers about a match that may be served for want of a fresh answer.</summary>
    /// <returns>What to fall back on; <see langword="null"/> for nothing.</returns>
    public async ValueTask<Fallback?> ToFallbackAsync(CacheRequest request, CandidateSearch.Match match, Lookup.Progress progress, CancellationToken cancellationToken)
    {
        if (!request.MayExplore || isShadow())
        {
            return null;
        }

        var fallback = new Fallback(match.Id, SemanticCacheOutcome.SemanticHit, match.Similarity);
        if (IsUndoubted(request, match, out var isRefused) || isRefused)
        {
            return isRefused ? null : fallback;
        }

        var found = await hits.LoadAsync(request, fallback, cancellationToken).ConfigureAwait(false);
        return found.Answer is { } answer && await IsVerifiedAsync(request, match, answer, progress, cancellationToken).ConfigureAwait(false) ? fallback : null;
    }

    // Below the threshold somebody has to say yes; far above it, nobody is asked.
    private bool IsUndoubted(CacheRequest request, CandidateSearch.Match match, out bool isRefused)
    {
        var isEmpty = verifiers.IsEmpty();
        isRefused = isEmpty && match.Similarity < request.Threshold;
        return !isRefused && (isEmpty || match.Similarity > request.SureSimilarity);
    }

    private async ValueTask<bool> IsVerifiedAsync(CacheRequest request, CandidateSearch.Match match, StoredAnswer answer, Lookup.Progress progress, CancellationToken cancellationToken)
    {
        if (progress.Trace is { } trace)
        {
            trace.AsksVerifiers = true;
            trace.Say("verifiers", $"A verifier would be asked about '{match.State.Question}'; from here on it is taken to agree.");
            return true;
        }

        progress.WaitFor(verifiers.Barrier);
        var isAllowed = await verifiers.AllowsAsync(request.ScopeLabel, ToMatch(request, match, answer), cancellationToken).ConfigureAwait(false);
        progress.WaitForStore();
        return isAllowed;
    }

    private static SemanticCacheMatch ToMatch(CacheRequest request, CandidateSearch.Match match, StoredAnswer answer) => new()
    {
        Question = request.Question,
        MatchedQuestion = match.State.Question,
        Response = AnswerPlayer.ToResponse(answer),
        Similarity = match.Similarity,
    };
}
