using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Flights;

/// <summary>Generates answers for callers that want them whole, one run for all that ask the same question at the same time.</summary>
internal sealed class WholeAnswers(FlightTable flights, FlightRunner runner, RequestReporter reporter, TimeSpan joinTimeout, TimeProvider time)
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
            if (!mayJoin)
            {
                flight = AnswerFlight.New(request, lookup.Vector);
                break;
            }

            if (!flights.TryJoin(request, lookup.Vector, out flight, out var similarity))
            {
                break;
            }

            if (await IsOverInTimeAsync(flight, cancellationToken).ConfigureAwait(true))
            {
                if (flight.Answer is { } answer)
                {
                    reporter.Report(SemanticCacheOutcome.Joined, SemanticCacheReason.None, similarity, answer.Usage);
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
                        ExceptionDispatchInfo.Throw(failure);
                    }

                    // One of those who waited tries its own factory, and the others join it. If that caller goes as well, each is on its own: nobody
                    // is told of another caller's cancellation.
                    mayJoin = mayRetry;
                    mayRetry = false;
                    continue;
                }
            }

            // It takes too long, or its answer is not to be shared.
            mayJoin = false;
        }

        if (await runner.TryEndWithStoredAsync(flight, missed, cancellationToken).ConfigureAwait(true) is { } found)
        {
            reporter.Report(found);
            return found.ToResult();
        }

        reporter.Report(lookup);
        return await RunAsync(flight, missed, factory, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SemanticCacheResult> RunAsync(
        AnswerFlight flight,
        MissedRequest missed,
        Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory,
        CancellationToken cancellationToken)
    {
        // Its end is flight.Ended, and it never throws.
        _ = runner.RunAsync(flight, missed, factory);
        try
        {
            await flight.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await flight.LeaveAsStarterAsync().ConfigureAwait(false);
            throw;
        }

        if (flight.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return missed.Lookup.ToResult(flight.Response, flight.StoredId, flight.Context.SourcesNow());
    }

    private async ValueTask<bool> IsOverInTimeAsync(AnswerFlight flight, CancellationToken cancellationToken)
    {
        try
        {
            await flight.Ended.WaitAsync(joinTimeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            flight.LeaveAsFollower();
            return false;
        }
        catch (OperationCanceledException)
        {
            flight.LeaveAsFollower();
            throw;
        }
    }
}
