using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Flights;

/// <summary>Generates answers for callers that want them as a stream, one run for all that ask the same question at the same time.</summary>
internal sealed class StreamedAnswers(FlightTable flights, FlightRunner runner, RequestReporter reporter, TimeSpan joinTimeout, TimeProvider time)
{
    /// <summary>Joins the stream in which the same question is being answered, or starts one.</summary>
    /// <param name="result">Is told if the caller joined another one's stream.</param>
    /// <param name="missed">The question, with what the lookup found.</param>
    /// <param name="factory">Generates the answer.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    public async IAsyncEnumerator<ChatResponseUpdate> StreamAsync(
        SemanticCacheStreamingResult result,
        MissedRequest missed,
        Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory,
        CancellationToken cancellationToken)
    {
        var (request, lookup, _) = missed;
        var mayJoin = missed.MayJoin;
        var mayRetry = true;
        while (true)
        {
            var isFollower = TryJoin(request, lookup.Vector, mayJoin, out var flight, out var similarity);
            var found = isFollower ? null : await runner.TryEndWithStoredAsync(flight, missed, cancellationToken).ConfigureAwait(true);
            var origin = found ?? lookup;
            result.Result = ResultOf(origin, flight, isFollower, similarity, sources: null);
            reporter.Report(result.Result.Outcome, result.Result.Reason, result.Result.Similarity, isFollower ? null : origin.Answer?.Usage);
            if (!isFollower && found is null)
            {
                // Its end is flight.Ended, and it never throws. It starts here, in the caller's context.
                _ = runner.RunAsync(flight, missed, factory);
            }

            var position = 0;
            var delivered = 0;
            List<ChatResponseUpdate>? silent = null;
            try
            {
                while (await NextAsync(flight, position, hasBegun: delivered > 0, isFollower, cancellationToken).ConfigureAwait(false) is { } update)
                {
                    position++;
                    if (isFollower && delivered == 0 && SaysNothing(update))
                    {
                        // Whoever has been given a piece is given the rest, and it may yet turn out that there is nothing to share.
                        (silent ??= []).Add(update);
                        continue;
                    }

                    foreach (var earlier in silent ?? [])
                    {
                        yield return earlier;
                    }

                    silent = null;
                    delivered++;
                    yield return update;
                }

                // An answer that was held back until it was known to be shareable.
                foreach (var update in isFollower && delivered == 0 && flight is { IsHeldBack: true, Answer: { } answer } ? AnswerPlayer.ToUpdates(answer) : [])
                {
                    delivered++;
                    yield return update;
                }
            }
            finally
            {
                if (isFollower)
                {
                    flight.LeaveAsFollower();
                }
                else
                {
                    await flight.LeaveAsStarterAsync().ConfigureAwait(false);
                }
            }

            if (flight.Failure is { } failure)
            {
                if (!isFollower || delivered > 0 || (!mayRetry && !flight.IsFailureOfStarterAlone))
                {
                    ExceptionDispatchInfo.Throw(isFollower && flight.IsEndOfStarter ? RestIsLost(failure) : failure);
                }

                // A reader that has been given nothing yet may try once more, and is never told of another caller's cancellation.
                mayJoin = mayRetry;
                mayRetry = false;
            }
            else if (!isFollower || delivered > 0)
            {
                result.Result = ResultOf(origin, flight, isFollower, similarity, origin.Answer?.Sources ?? flight.Context.SourcesNow());
                yield break;
            }
            else
            {
                // It takes too long, or its answer is not to be shared.
                mayJoin = false;
            }
        }
    }

    private bool TryJoin(CacheRequest request, ReadOnlyMemory<float> vector, bool mayJoin, out AnswerFlight flight, out float? similarity)
    {
        if (mayJoin)
        {
            return flights.TryJoin(request, vector, out flight, out similarity);
        }

        flight = AnswerFlight.New(request, vector);
        similarity = null;
        return false;
    }

    private static bool SaysNothing(ChatResponseUpdate update) => update.FinishReason is null && update.Contents.All(content => content is TextContent { Text.Length: 0 });

    // What was delivered cannot be taken back, and another run would not go on where this one stopped.
    private static InvalidOperationException RestIsLost(Exception failure) => new(
        "The rest of this answer is lost: the caller that started it has gone, and with it what generated the answer. Ask again for a whole one.", failure);

    private static SemanticCacheResult ResultOf(
        LookupResult lookup, AnswerFlight flight, bool isFollower, float? similarity, IReadOnlyDictionary<string, string?>? sources)
    {
        var entryId = lookup.Entry?.ToString() ?? (flight.Context.EntryId.Length == 0 ? null : flight.Context.EntryId);
        return isFollower
            ? new SemanticCacheResult
            {
                Outcome = SemanticCacheOutcome.Joined,
                EntryId = entryId,
                Similarity = similarity,
                MatchedQuestion = similarity is null ? null : flight.Question,
                SourceVersions = sources ?? ReadOnlyDictionary<string, string?>.Empty,
                EmbeddingDuration = lookup.EmbeddingDuration,
            }
            : lookup.ToResult(response: null, entryId, sources);
    }

    /// <summary>Gets the next piece, or <see langword="null"/> at the end, be it the answer's or a follower's patience's.</summary>
    private async ValueTask<ChatResponseUpdate?> NextAsync(AnswerFlight flight, int position, bool hasBegun, bool isFollower, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (isFollower && !hasBegun && flight.IsHeldBack)
            {
                await WaitForEndAsync(flight, cancellationToken).ConfigureAwait(false);
                return null;
            }

            if (flight.Updates.TryRead(position, out var update, out var changed))
            {
                return !isFollower ? update.Original
                    : hasBegun || flight.MayShare ? FollowerCopy.Of(update.Template)
                    : null;
            }

            if (changed is null)
            {
                return null;
            }

            try
            {
                var patience = isFollower && !hasBegun ? joinTimeout : Timeout.InfiniteTimeSpan;
                await changed.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    private async ValueTask WaitForEndAsync(AnswerFlight flight, CancellationToken cancellationToken)
    {
        try
        {
            await flight.Ended.WaitAsync(joinTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller asks for itself.
        }
    }
}
