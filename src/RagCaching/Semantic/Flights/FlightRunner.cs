using Microsoft.Extensions.AI;
using RagCaching.ErrorBudgets;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;
using RagCaching.Semantic.Storing;

namespace RagCaching.Semantic.Flights;

/// <summary>Runs factories: calls one, records its answer, stores it, and ends the flight whatever happens.</summary>
/// <remarks>
/// A run is started inside its caller's call and never by the thread pool, so that a factory sees the caller's context. That is also why
/// waits around factories capture it: a model client may run user code that needs it.
/// </remarks>
internal sealed class FlightRunner(FlightTable flights, EntryWriter writer, GuardedLookup lookups, AnswerLearning learning, TimeSpan? generationTimeout, TimeProvider time)
{
    /// <summary>Makes what a factory is told about its answer.</summary>
    public static SemanticCacheEntryContext NewContext(CacheRequest request)
    {
        var id = request.Mode == SemanticCacheMode.ReadOnly ? "" : EntryId.New(request.Partition, request.QuestionKey).ToString();
        var context = new SemanticCacheEntryContext(id);
        foreach (var tag in request.Tags)
        {
            context.Tags.Add(tag);
        }

        return context;
    }

    /// <summary>Ends a flight with the answer that another caller's flight has just stored, if one has.</summary>
    /// <returns>What was found; otherwise the flight is still to be run.</returns>
    public async ValueTask<LookupResult?> TryEndWithStoredAsync(AnswerFlight flight, CacheRequest request)
    {
        if (request.Mode != SemanticCacheMode.ReadWrite
            || (await lookups.FindExactAgainAsync(request).ConfigureAwait(false) ?? await FindNearestAgainAsync(flight, request).ConfigureAwait(false)) is not { } found)
        {
            return null;
        }

        flight.Answer = found.Answer;
        flight.StoredId = found.EntryId;
        AppendForFollowers(flight);
        End(flight, request, failure: null);
        return found;
    }

    /// <summary>Runs a factory that returns its answer whole.</summary>
    public async Task RunAsync(
        AnswerFlight flight, CacheRequest request, LookupResult lookup, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory)
    {
        Exception? failure = null;
        try
        {
            flight.Work.EnterHere();
            using var limit = new GenerationLimit(generationTimeout, time, flight.Work.Token);
            var response = await limit.WaitAsync(factory(flight.Context, limit.Token)).ConfigureAwait(true)
                ?? throw new InvalidOperationException("The factory returned null instead of a response.");
            flight.Response = response;
            await FinishAsync(flight, request, lookup, new AnswerRecorder(writer.MaxAnswerBytes), response).ConfigureAwait(false);
            AppendForFollowers(flight);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        End(flight, request, failure);
    }

    /// <summary>Runs a factory that streams its answer.</summary>
    public async Task RunAsync(
        AnswerFlight flight, CacheRequest request, LookupResult lookup, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory)
    {
        Exception? failure = null;
        try
        {
            flight.Work.EnterHere();
            var recorder = new AnswerRecorder(writer.MaxAnswerBytes);
            using var limit = new GenerationLimit(generationTimeout, time, flight.Work.Token);
            var updates = factory(flight.Context, limit.Token) ?? throw new InvalidOperationException("The factory returned null instead of a stream.");
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

                flight.Updates.Append(LoggedUpdate.From(update));
            }

            // A stream that ends early because nobody listens any more ends without an exception in some clients.
            flight.Work.Token.ThrowIfCancellationRequested();
            await FinishAsync(flight, request, lookup, recorder, response: null).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        End(flight, request, failure);
    }

    /// <summary>Searches again, if a flight has ended since the lookup began that this question could have joined by meaning.</summary>
    private ValueTask<LookupResult?> FindNearestAgainAsync(AnswerFlight flight, CacheRequest request) =>
        flights.EndedIn(request.Partition) != request.FlightsEndedBefore && flights.JoinsByMeaning(request, flight.Vector)
            ? lookups.FindNearestAgainAsync(request, flight.Vector)
            : ValueTask.FromResult<LookupResult?>(null);

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

    private async ValueTask FinishAsync(
        AnswerFlight flight, CacheRequest request, LookupResult lookup, AnswerRecorder recorder, ChatResponse? response)
    {
        var isStored = request.Mode != SemanticCacheMode.ReadOnly;
        if (!isStored && lookup.Exploration is null)
        {
            return;
        }

        try
        {
            if (response is not null)
            {
                recorder.Add(response);
            }

            var refusal = recorder.TryComplete(out var answer);
            if (answer is null)
            {
                _ = isStored ? writer.Refuse(refusal) : null;
                return;
            }

            var vector = request.Mode == SemanticCacheMode.Refresh
                ? await writer.EmbedAsync(request, flight.Work.Token).ConfigureAwait(false)
                : lookup.Vector;
            answer = answer with { Sources = flight.Context.SourcesNow() };

            // What must not be kept is not compared either.
            var group = flight.Context.Store ? await learning.LearnAsync(request, lookup.Exploration, vector, answer, flight.Work.Token).ConfigureAwait(false) : 0;
            if (!isStored)
            {
                return;
            }

            flight.StoredId = await writer.WriteAsync(request, flight.Context, answer, vector, group).ConfigureAwait(false);
            flight.Answer = flight.MayShare ? answer : null;
        }
        catch (Exception exception)
        {
            // The factory has succeeded: its caller gets the answer, whatever becomes of the copy.
            writer.Failed(exception);
        }
    }

    private void End(AnswerFlight flight, CacheRequest request, Exception? failure)
    {
        flights.Remove(request.Partition, request.QuestionKey, flight);
        flight.End(failure);
    }
}
