using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.FailSafe;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Storing;

namespace RagCaching.Semantic.Flights;

/// <summary>Runs factories: calls one, records its answer, stores it, and ends the flight whatever happens.</summary>
/// <remarks>
/// A run is started inside its caller's call and never by the thread pool, so that a factory sees the caller's context. That is also why
/// waits around factories capture it: a model client may run user code that needs it.
/// </remarks>
internal sealed class FlightRunner(FlightTable flights, SecondLook secondLook, SharedGeneration shared, AnswerStorage storage, StandIns standIns, TimeSpan? generationTimeout, FaultReporting reporting)
{
    private readonly FaultBarrier _storing = new(TelemetryNames.Operations.Write, reporting, static (logger, _, exception) => Log.WriteFailed(logger, exception));

    /// <summary>Ends a flight with the answer that another caller's flight has just stored, if one has, here or in another instance.</summary>
    /// <returns>What was found; otherwise the flight is still to be run.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone while another instance was generating.</exception>
    public async ValueTask<LookupResult?> TryEndWithStoredAsync(AnswerFlight flight, MissedRequest missed, CancellationToken cancellationToken)
    {
        LookupResult? found;
        try
        {
            found = await secondLook.FindAsync(missed, flight).ConfigureAwait(false) ?? await shared.FindAsync(missed, flight, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            End(flight, missed.Request, exception);
            throw;
        }

        if (found is null)
        {
            return null;
        }

        flight.Answer = found.Answer;
        flight.StoredId = found.Entry?.ToString();
        AppendForFollowers(flight);
        End(flight, missed.Request, failure: null);
        return found;
    }

    /// <summary>Runs a factory that returns its answer whole.</summary>
    public Task RunAsync(AnswerFlight flight, MissedRequest missed, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory) =>
        EndAsync(flight, missed, async limit =>
        {
            var response = await limit.WaitAsync(factory(flight.Context, limit.Token)).ConfigureAwait(true)
                ?? throw new InvalidOperationException("The factory returned null instead of a response.");
            flight.Response = response;
            var recorder = storage.NewRecorder(flight.Context);
            recorder.Took = limit.Elapsed;
            await KeepAsync(flight, missed, recorder, response).ConfigureAwait(false);
            AppendForFollowers(flight);
        });

    /// <summary>Runs a factory that streams its answer.</summary>
    public Task RunAsync(AnswerFlight flight, MissedRequest missed, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory) =>
        EndAsync(flight, missed, async limit =>
        {
            var updates = factory(flight.Context, limit.Token) ?? throw new InvalidOperationException("The factory returned null instead of a stream.");
            var recorder = storage.NewRecorder(flight.Context);
            await foreach (var update in limit.Read(updates).WithCancellation(limit.Token).ConfigureAwait(true))
            {
                if (update is null)
                {
                    throw new InvalidOperationException("The factory's stream contains null instead of an update.");
                }

                recorder.Add(update);
                if (recorder.IsRefused)
                {
                    flight.StopSharing();
                }
                else if (recorder.Tools.Any)
                {
                    flight.HoldBack();
                }

                flight.Updates.Append(LoggedUpdate.From(update));
            }

            // A stream that ends early because nobody listens any more ends without an exception in some clients.
            flight.Work.Token.ThrowIfCancellationRequested();
            recorder.Took = limit.Elapsed;
            await KeepAsync(flight, missed, recorder, response: null).ConfigureAwait(false);
        });

    private static void AppendForFollowers(AnswerFlight flight)
    {
        if (flight.Answer is null)
        {
            return;
        }

        foreach (var update in AnswerPlayer.ToUpdates(flight.Answer))
        {
            flight.Updates.Append(new LoggedUpdate(update, update));
        }
    }

    private async Task EndAsync(AnswerFlight flight, MissedRequest missed, Func<GenerationLimit, Task> generate)
    {
        Exception? failure = null;
        try
        {
            flight.Work.EnterHere();
            using var limit = new GenerationLimit(generationTimeout, reporting.Time, flight.Work.Token);
            await generate(limit).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        standIns.Ended(missed.Request, missed.IsRefresh, failure);
        End(flight, missed.Request, failure);
    }

    private async ValueTask KeepAsync(AnswerFlight flight, MissedRequest missed, AnswerRecorder recorder, ChatResponse? response)
    {
        // The factory has succeeded: its caller gets the answer, whatever becomes of the copy.
        var kept = await _storing.RunAsync(
            (call, _) => storage.KeepAsync(missed.Request, missed.Lookup, call.Context, recorder, response, call.Work.Token), flight, fallback: default, CancellationToken.None).ConfigureAwait(false);
        flight.StoredId = kept.Id;
        flight.Answer = flight.MayShare ? kept.Answer : null;
    }

    private void End(AnswerFlight flight, CacheRequest request, Exception? failure)
    {
        flights.Remove(request.Partition, request.QuestionKey, flight);
        shared.Release(flight, request);
        flight.End(failure);
    }
}
