using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Gives a lookup its time limit and turns whatever goes wrong in it into a counted miss.</summary>
internal sealed class GuardedLookup(
    Lookup finder, QuestionEmbedder embedder, CircuitBreaker storeBreaker, TimeSpan timeout, TimeProvider time, CacheTelemetry telemetry, ILogger logger)
{
    private readonly RateLimit _logLimit = new(time, Log.LeastInterval);

    /// <summary>Looks a question up; throws only when the caller's own token was cancelled.</summary>
    public async ValueTask<LookupResult> FindAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!storeBreaker.TryEnter())
        {
            return LookupResult.Miss(SemanticCacheReason.Unavailable);
        }

        var progress = new LookupProgress();
        try
        {
            // Not all backends honour a token; the wait ends anyway.
            var result = await TimeLimit.RunAsync(
                (call, token) => finder.FindAsync(request, call, token), progress, timeout, time, cancellationToken).ConfigureAwait(false);
            storeBreaker.Succeeded();
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException)
        {
            return TimedOut(progress);
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    /// <summary>Looks once more for the answer to exactly this question, for a caller about to generate it.</summary>
    /// <remarks>
    /// Between a lookup that missed and the start of the work, another caller's work for the same question may have ended: without this
    /// look, of many callers at the same time one in a while would generate a second answer. Never throws.
    /// </remarks>
    public ValueTask<LookupResult?> FindExactAgainAsync(CacheRequest request) => FindAgainAsync(request, finder.FindExactAsync);

    /// <summary>Searches once more, for a caller about to generate an answer that another caller's work may just have stored.</summary>
    /// <remarks>Never throws.</remarks>
    public ValueTask<LookupResult?> FindNearestAgainAsync(CacheRequest request, ReadOnlyMemory<float> vector) =>
        FindAgainAsync((Request: request, Vector: vector), (call, token) => finder.FindNearestAsync(call.Request, call.Vector, SemanticCacheReason.NoCandidates, token));

    private async ValueTask<LookupResult?> FindAgainAsync<TState>(TState state, Func<TState, CancellationToken, ValueTask<LookupResult>> find)
    {
        if (storeBreaker.IsOpen)
        {
            return null;
        }

        try
        {
            var found = await TimeLimit.RunAsync(find, state, timeout, time, CancellationToken.None).ConfigureAwait(false);
            return found.Answer is null ? null : found;
        }
        catch (Exception exception)
        {
            if (exception is TimeoutException)
            {
                storeBreaker.Failed(timedOut: true);
            }

            telemetry.Failed(TelemetryNames.Operations.Read, exception.GetType().Name);
            return null;
        }
    }

    private LookupResult TimedOut(LookupProgress progress)
    {
        switch (progress.Stage)
        {
            case LookupStage.Embedding:
                embedder.TimedOut();
                telemetry.Failed(TelemetryNames.Operations.Embed, nameof(TimeoutException));
                break;

            // A verifier that takes too long says nothing about the store.
            case LookupStage.Verifying:
                storeBreaker.Succeeded();
                telemetry.Failed(TelemetryNames.Operations.Verify, nameof(TimeoutException));
                break;

            default:
                storeBreaker.Failed(timedOut: true);
                telemetry.Failed(TelemetryNames.Operations.Read, nameof(TimeoutException));
                break;
        }

        if (_logLimit.TryPass())
        {
            Log.LookupTimedOut(logger, timeout);
        }

        return LookupResult.Miss(SemanticCacheReason.Timeout);
    }

    private LookupResult Failed(Exception exception)
    {
        // An argument that the store rejects, such as a vector of another size, says nothing about the store's health.
        if (exception is not ArgumentException)
        {
            storeBreaker.Failed(timedOut: false);
        }

        telemetry.Failed(TelemetryNames.Operations.Read, exception.GetType().Name);
        if (_logLimit.TryPass())
        {
            Log.LookupFailed(logger, exception);
        }

        return LookupResult.Miss(SemanticCacheReason.Unavailable);
    }
}
