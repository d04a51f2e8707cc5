using BitFaster.Caching.Lru;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.FailSafe;

/// <summary>Serves stored answers in place of new ones that cannot be had, and decides who makes one anew that can still be served.</summary>
/// <remarks>Thread-safe. Everything about an answer is checked again just before it is served: it may have been removed, or its sources changed, since it was found.</remarks>
internal sealed class StandIns(GuardedLookup lookups, HitReview review, ModelHealth health, FailSafeSettings settings, FailSafeTelemetry telemetry, TimeProvider time)
{
    private const int RememberedRefreshes = 4_096;

    private readonly ConcurrentLru<string, long> _failedRefreshes = new(RememberedRefreshes);

    /// <summary>Gets how long a caller that has something to fall back on waits; <see langword="null"/> for as long as it takes.</summary>
    public TimeSpan? SoftTimeout => settings.SoftTimeout;

    /// <summary>Gets whether the model is well.</summary>
    public ModelHealth Health => health;

    /// <summary>Serves the stored answer at once where the model is left alone.</summary>
    /// <returns>A hit, or <see langword="null"/> for a caller that goes on to the model.</returns>
    public ValueTask<LookupResult?> TryAtOnceAsync(CacheRequest request, Fallback fallback, CancellationToken cancellationToken) =>
        health.TryEnter() ? ValueTask.FromResult<LookupResult?>(null) : TryAsync(request, fallback, SemanticCacheReason.ModelUnavailable, cancellationToken);

    /// <summary>Serves the stored answer.</summary>
    /// <param name="request">The question.</param>
    /// <param name="fallback">What was found; <see langword="null"/> for nothing.</param>
    /// <param name="reason">Why there is no new answer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A hit, or <see langword="null"/> where there is nothing that may be served.</returns>
    public async ValueTask<LookupResult?> TryAsync(CacheRequest request, Fallback? fallback, SemanticCacheReason reason, CancellationToken cancellationToken)
    {
        if (fallback is null
            || await lookups.FindFallbackAsync(request, fallback).ConfigureAwait(true) is not { } found
            || await review.ReviewAsync(request, found, cancellationToken).ConfigureAwait(true) is not { Answer: not null } reviewed
            || fallback.TryServe?.Invoke() == false)
        {
            return null;
        }

        if (reviewed.Outcome != SemanticCacheOutcome.Stale)
        {
            return reviewed;
        }

        telemetry.Served(reason.ToString());
        return reviewed.AsStale(reason);
    }

    /// <summary>Asks whether a caller should make an answer anew that is still fresh.</summary>
    public bool MayRefresh(CacheRequest request) =>
        request.Mode == SemanticCacheMode.ReadWrite
        && (!_failedRefreshes.TryGet(request.QuestionKey, out var failed) || time.GetElapsedTime(failed) >= settings.BreakDuration)
        && health.TryEnter();

    /// <summary>Takes note of how a run of a factory ended.</summary>
    /// <param name="request">The question.</param>
    /// <param name="isRefresh">Whether its answer is still fresh.</param>
    /// <param name="failure">What it failed with; <see langword="null"/> for an answer.</param>
    public void Ended(CacheRequest request, bool isRefresh, Exception? failure)
    {
        health.Ended(failure);
        if (isRefresh)
        {
            telemetry.Refreshed(succeeded: failure is null);
            if (failure is not null)
            {
                _failedRefreshes.AddOrUpdate(request.QuestionKey, time.GetTimestamp());
            }
        }
    }
}
