using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Gives a lookup its time limit and turns whatever goes wrong in it into a counted miss.</summary>
internal sealed class GuardedLookup
{
    private readonly Lookup _lookup;
    private readonly FaultBarrier _store;

    /// <summary>Creates the guard.</summary>
    /// <param name="lookup">The lookup.</param>
    /// <param name="storeBreaker">The breaker before reads of the store.</param>
    /// <param name="timeout">The time that a lookup may take.</param>
    /// <param name="reporting">Where failures are counted.</param>
    public GuardedLookup(Lookup lookup, CircuitBreaker storeBreaker, TimeSpan timeout, FaultReporting reporting)
    {
        _lookup = lookup;
        _store = new FaultBarrier(TelemetryNames.Operations.Read, reporting, LogFailure, timeout, storeBreaker);

        void LogFailure(ILogger logger, string errorType, Exception? exception)
        {
            if (exception is TimeoutException)
            {
                Log.LookupTimedOut(logger, timeout);
            }
            else
            {
                Log.LookupFailed(logger, exception);
            }
        }
    }

    /// <summary>Gets a value indicating whether the store has failed just before, and is left alone for a while.</summary>
    public bool IsStoreLeftAlone => _store.IsOpen;

    /// <summary>Looks a question up; throws only when the caller's own token was cancelled.</summary>
    public ValueTask<LookupResult> FindAsync(CacheRequest request, CancellationToken cancellationToken) => FindAsync(request, trace: null, cancellationToken);

    /// <summary>Looks a question up and takes down how; throws only when the caller's own token was cancelled.</summary>
    /// <param name="request">The question.</param>
    /// <param name="trace">Takes down the steps, without effects; <see langword="null"/> for a real lookup.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    public async ValueTask<LookupResult> FindAsync(CacheRequest request, LookupTrace? trace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_store.TryEnter())
        {
            return LookupResult.Miss(SemanticCacheReason.Unavailable);
        }

        var progress = trace is null ? new Lookup.Progress(_store) : new TracedProgress(_store, trace);
        try
        {
            // Not all backends honour a token; the wait ends anyway.
            var result = await _store.Limit!.RunAsync(
                static (call, token) => call.Lookup.FindAsync(call.Request, call.Progress, token), (Lookup: _lookup, Request: request, Progress: progress), cancellationToken).ConfigureAwait(false);
            _store.Succeeded();
            return result;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isStoreWell = progress.WaitsFor != _store;
            var failed = Failed(exception, progress);

            // What took too long was not the store, which may have an answer to fall back on.
            return isStoreWell && request.MayExplore
                ? failed.WithFallback((await AskAgainAsync(static (call, token) => call.Lookup.FindExactAsync(call.Request, token), (Lookup: _lookup, Request: request)).ConfigureAwait(false))?.Fallback)
                : failed;
        }
    }

    /// <summary>Loads what a request falls back on.</summary>
    /// <returns>A hit, which may be stale, or <see langword="null"/>.</returns>
    public async ValueTask<LookupResult?> FindFallbackAsync(CacheRequest request, Fallback fallback) => await FindAgainAsync(
        static (call, token) => call.Lookup.LoadAsync(call.Request, call.Fallback, token), (Lookup: _lookup, Request: request, Fallback: fallback)).ConfigureAwait(false);

    /// <summary>Looks once more for the answer to exactly this question, which another caller may just have stored.</summary>
    /// <returns>A hit, or <see langword="null"/>.</returns>
    public ValueTask<LookupResult?> FindExactAgainAsync(CacheRequest request) =>
        FindAgainAsync(static (call, token) => call.Lookup.FindExactAsync(call.Request, token), (Lookup: _lookup, Request: request));

    /// <summary>Looks once more for the nearest question, whose answer another caller may just have stored.</summary>
    /// <returns>A hit, or <see langword="null"/>.</returns>
    public ValueTask<LookupResult?> FindNearestAgainAsync(CacheRequest request, ReadOnlyMemory<float> vector) => FindAgainAsync(
        static (call, token) => call.Lookup.FindNearestAsync(call.Request, call.Vector, call.Progress, token),
        (Lookup: _lookup, Request: request, Vector: vector, Progress: new Lookup.Progress(_store)));

    private async ValueTask<LookupResult?> FindAgainAsync<TState>(Func<TState, CancellationToken, ValueTask<LookupResult>> find, TState state)
    {
        var found = await AskAgainAsync(find, state).ConfigureAwait(false);
        return found?.Answer is null ? null : found;
    }

    // A store that does not answer has been waited for once already.
    private async ValueTask<LookupResult?> AskAgainAsync<TState>(Func<TState, CancellationToken, ValueTask<LookupResult>> find, TState state) => _store.IsOpen
        ? null
        : await _store.RunAsync<TState, LookupResult?>(
            async (call, token) => await find(call, token).ConfigureAwait(false), state, fallback: null, CancellationToken.None).ConfigureAwait(false);

    private LookupResult Failed(Exception exception, Lookup.Progress progress)
    {
        if (exception is not TimeoutException)
        {
            _store.Failed(exception);
            return LookupResult.Miss(SemanticCacheReason.Unavailable);
        }

        // An encoder or a verifier that takes too long says nothing about the store, which has answered.
        progress.WaitsFor.Failed(exception);
        if (progress.WaitsFor != _store)
        {
            _store.Succeeded();
        }

        return LookupResult.Miss(SemanticCacheReason.Timeout);
    }
}
