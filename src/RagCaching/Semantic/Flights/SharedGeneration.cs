using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Internal.Limits;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;
using RagCaching.VectorStores;

namespace RagCaching.Semantic.Flights;

/// <summary>Lets one of several instances generate an answer while the others wait for it to be stored, never longer than a caller waits for another one of its own instance.</summary>
/// <remarks>
/// Advice, not a lock: when the store fails, when the other instance is gone or takes too long, or when its answer is not stored, this one generates, too.
/// </remarks>
internal sealed class SharedGeneration(IGenerationLeases? leases, SecondLook look, TimeSpan joinTimeout, TimeSpan? softTimeout, FaultReporting reporting)
{
    // Whose answer is not stored is waited for once; after that each is on its own.
    private const int MostTurns = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FaultBarrier _calls = new(TelemetryNames.Operations.Lease, reporting);

    /// <summary>Waits for another instance that is generating the same answer.</summary>
    /// <returns>Its answer; <see langword="null"/> if this instance has to generate.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async ValueTask<LookupResult?> FindAsync(MissedRequest missed, AnswerFlight flight, CancellationToken cancellationToken)
    {
        // Who makes an answer anew that can still be served does not wait.
        if (leases is not { AreShared: true } || !missed.MayJoin || missed.IsRefresh)
        {
            return null;
        }

        var patience = missed.Fallback is not null && softTimeout is { } soft && soft < joinTimeout ? soft : joinTimeout;
        var started = reporting.Time.GetTimestamp();
        for (var turn = 0; turn < MostTurns && reporting.Time.GetElapsedTime(started) < patience; turn++)
        {
            var (isOwn, token) = await AcquireAsync(missed.Request, cancellationToken).ConfigureAwait(false);
            if (isOwn)
            {
                flight.Lease = token;

                // Another instance may have stored it and given the lease back between the lookup and now.
                return await FetchedAsync(missed, flight, cancellationToken).ConfigureAwait(false);
            }

            while (reporting.Time.GetElapsedTime(started) < patience && await IsAcquiredAsync(missed.Request, cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Pause, reporting.Time, cancellationToken).ConfigureAwait(false);
            }

            if (await FetchedAsync(missed, flight, cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Lets other instances go on.</summary>
    public void Release(AnswerFlight flight, CacheRequest request)
    {
        if (flight.Lease is { } token)
        {
            // It ends by itself, and what it fails with is counted; nobody waits for it.
            TimeLimit.Observe(ReleaseAsync(request, token));
        }
    }

    private async Task ReleaseAsync(CacheRequest request, string token) => await _calls.RunAsync(
        static async (call, cancellationToken) =>
        {
            await call.Leases.ReleaseAsync(call.Request.Partition, call.Request.QuestionKey, call.Token, cancellationToken).ConfigureAwait(false);
            return true;
        },
        (Leases: leases!, Request: request, Token: token),
        fallback: false,
        CancellationToken.None).ConfigureAwait(false);

    // A store that fails makes nobody wait.
    private ValueTask<(bool IsOwn, string? Token)> AcquireAsync(CacheRequest request, CancellationToken cancellationToken) => _calls.RunAsync(
        static async (call, token) => await call.Leases.TryAcquireAsync(call.Request.Partition, call.Request.QuestionKey, token).ConfigureAwait(false) is { } lease ? (true, lease) : (false, null),
        (Leases: leases!, Request: request),
        fallback: (true, default(string)),
        cancellationToken);

    private ValueTask<bool> IsAcquiredAsync(CacheRequest request, CancellationToken cancellationToken) => _calls.RunAsync(
        static (call, token) => call.Leases.IsAcquiredAsync(call.Request.Partition, call.Request.QuestionKey, token), (Leases: leases!, Request: request), fallback: false, cancellationToken);

    private async ValueTask<LookupResult?> FetchedAsync(MissedRequest missed, AnswerFlight flight, CancellationToken cancellationToken)
    {
        var isStored = await _calls.RunAsync(
            static (call, token) => call.Leases.FetchAsync(call.Request.Partition, call.Request.QuestionKey, token), (Leases: leases!, missed.Request), fallback: false, cancellationToken).ConfigureAwait(false);
        return isStored ? await look.FindAsync(missed, flight).ConfigureAwait(false) : null;
    }
}
