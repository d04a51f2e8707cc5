using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Flights;

/// <summary>Generates answers for callers that want them whole, one run for all that ask the same question at the same time.</summary>
internal sealed class WholeAnswers(FlightTable flights, FlightServices services)
{
    /// <summary>Joins the answer that is being generated to the same question, or generates one.</summary>
    public async ValueTask<SemanticCacheResult> GetAsync(
        MissedRequest missed, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken)
    {
        var (request, lookup, _) = missed;
        var mayJoin = missed.MayJoin;
        var mayRetry = true;
        AnswerFlight flight;
        while (true)
        {
            (flight, var isFollower, var similarity) = flights.Take(request, lookup.Vector, mayJoin);
            if (!isFollower)
            {
                break;
            }

            if (missed.IsRefresh)
            {
                // Another caller makes the answer anew; this one gets the stored one, if it is still there.
                flight.LeaveAsFollower();
                if (await TryStandInAsync(missed, SemanticCacheReason.None, cancellationToken).ConfigureAwait(true) is { } stored)
                {
                    return stored;
                }

                mayJoin = false;
                continue;
            }

            if (await IsOverInTimeAsync(flight, missed, cancellationToken).ConfigureAwait(true))
            {
                if (flight.Answer is { } answer)
                {
                    services.Reporter.Report(request.ScopeLabel, SemanticCacheOutcome.Joined, SemanticCacheReason.None, similarity, answer);
                    return new SemanticCacheResult
                    {
                        Outcome = SemanticCacheOutcome.Joined,
                        Response = AnswerPlayer.ToResponse(answer),
                        Similarity = similarity,
                        MatchedQuestion = similarity is null ? null : flight.Question,
                        EntryId = flight.StoredId,
                        SourceVersions = answer.Sources ?? ReadOnlyDictionary<string, string?>.Empty,
                        EmbeddingDuration = lookup.EmbeddingDuration,
                    };
                }

                if (flight.Failure is { } failure)
                {
                    if (!flight.IsFailureOfStarterAlone)
                    {
                        if (await TryStandInAsync(missed, SemanticCacheReason.ModelFailed, cancellationToken).ConfigureAwait(true) is { } standIn)
                        {
                            return standIn;
                        }

                        ExceptionDispatchInfo.Throw(failure);
                    }

                    // One of those who waited tries its own factory, and the others join it. If that caller goes as well, each is on its own: nobody
                    // is told of another caller's cancellation.
                    mayJoin = mayRetry;
                    mayRetry = false;
                    continue;
                }
            }

            else if (await TryStandInAsync(missed, SemanticCacheReason.ModelSlow, cancellationToken).ConfigureAwait(true) is { } standIn)
            {
                return standIn;
            }

            // It takes too long, or its answer is not to be shared.
            mayJoin = false;
        }

        if (await services.Runner.TryEndWithStoredAsync(flight, missed, cancellationToken).ConfigureAwait(true) is { } found)
        {
            services.Reporter.Report(request.ScopeLabel, found);
            return found.ToResult();
        }

        if (missed.Fallback is null)
        {
            services.Reporter.Report(request.ScopeLabel, lookup);
            return await RunAsync(flight, missed, factory, cancellationToken).ConfigureAwait(false);
        }

        return await RunOrFallBackAsync(flight, missed, factory, cancellationToken).ConfigureAwait(false);
    }

    // What becomes of such a request is known at its end, and is reported then.
    private async ValueTask<SemanticCacheResult> RunOrFallBackAsync(
        AnswerFlight flight,
        MissedRequest missed,
        Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory,
        CancellationToken cancellationToken)
    {
        _ = services.Runner.RunAsync(flight, missed, factory);
        var isLeft = false;
        SemanticCacheResult? standIn = null;
        try
        {
            if (!await services.Patience.IsOverInTimeAsync(flight, services.Patience.For(flight, isFollower: false, mayFallBack: true), cancellationToken).ConfigureAwait(false))
            {
                services.StandIns.Health.Failed();
                standIn = await TryStandInAsync(missed, SemanticCacheReason.ModelSlow, cancellationToken).ConfigureAwait(false);
                if (standIn is not null)
                {
                    isLeft = true;
                    services.Left.Keep(flight);
                    return standIn;
                }

                await flight.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (flight.Failure is { } failure && !cancellationToken.IsCancellationRequested)
            {
                if (failure is OperationCanceledException { InnerException: not TimeoutException })
                {
                    // Not this caller's cancellation, so a time limit of the client's.
                    services.StandIns.Health.Failed();
                }

                standIn = await TryStandInAsync(missed, SemanticCacheReason.ModelFailed, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (!isLeft)
            {
                await flight.LeaveAsStarterAsync().ConfigureAwait(false);
            }

            if (standIn is null)
            {
                services.Reporter.Report(missed.Request.ScopeLabel, missed.Lookup);
            }
        }

        return standIn ?? ResultOf(flight, missed);
    }

    private async ValueTask<SemanticCacheResult?> TryStandInAsync(MissedRequest missed, SemanticCacheReason reason, CancellationToken cancellationToken)
    {
        if (await services.StandIns.TryAsync(missed.Request, missed.Fallback, reason, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        services.Reporter.Report(missed.Request.ScopeLabel, found);
        return found.ToResult();
    }

    private async ValueTask<SemanticCacheResult> RunAsync(
        AnswerFlight flight,
        MissedRequest missed,
        Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory,
        CancellationToken cancellationToken)
    {
        // Its end is flight.Ended, and it never throws.
        _ = services.Runner.RunAsync(flight, missed, factory);
        try
        {
            await flight.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await flight.LeaveAsStarterAsync().ConfigureAwait(false);
            throw;
        }

        return ResultOf(flight, missed);
    }

    private static SemanticCacheResult ResultOf(AnswerFlight flight, MissedRequest missed)
    {
        if (flight.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return missed.Lookup.ToResult(flight.Response, flight.StoredId, flight.Context.SourcesNow());
    }

    private async ValueTask<bool> IsOverInTimeAsync(AnswerFlight flight, MissedRequest missed, CancellationToken cancellationToken)
    {
        try
        {
            var wait = services.Patience.For(flight, isFollower: true, mayFallBack: missed.Fallback is not null);
            if (await services.Patience.IsOverInTimeAsync(flight, wait, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            flight.LeaveAsFollower();
            throw;
        }

        flight.LeaveAsFollower();
        return false;
    }
}
