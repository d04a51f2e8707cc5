using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.FailSafe;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Flights;

/// <summary>Generates answers for callers that want them as a stream, one run for all that ask the same question at the same time.</summary>
internal sealed class StreamedAnswers(FlightTable flights, FlightRunner runner, LeftFlights left, StandIns standIns, FlightPatience patience, RequestReporter reporter)
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
            LookupResult? standIn = null;
            if (isFollower && missed.IsRefresh)
            {
                // Another caller makes the answer anew; this one gets the stored one, if it is still there.
                flight.LeaveAsFollower();
                standIn = await standIns.TryAsync(request, missed.Fallback, SemanticCacheReason.None, cancellationToken).ConfigureAwait(true);
                if (standIn is null)
                {
                    mayJoin = false;
                    continue;
                }
            }

            var found = isFollower ? standIn : await runner.TryEndWithStoredAsync(flight, missed, cancellationToken).ConfigureAwait(true);
            var origin = found ?? lookup;
            result.Result = ResultOf(origin, flight, isFollower && standIn is null, similarity, sources: null);

            // Of a caller that may yet be served something else, nothing is said before the first piece.
            var mayFallBack = found is null && missed.Fallback is not null;
            var isReported = !mayFallBack;
            if (isReported)
            {
                Report(request, result.Result, isFollower && standIn is null ? null : origin);
            }

            if (standIn?.Answer is { } stored)
            {
                foreach (var update in AnswerPlayer.ToUpdates(stored))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return update;
                }

                yield break;
            }

            if (!isFollower && found is null)
            {
                // Its end is flight.Ended, and it never throws. It starts here, in the caller's context.
                _ = runner.RunAsync(flight, missed, factory);
            }

            var position = 0;
            var delivered = 0;
            var waitsSoftly = mayFallBack;
            List<ChatResponseUpdate>? silent = null;
            try
            {
                while (true)
                {
                    var (next, isLate) = await NextAsync(flight, position, hasBegun: delivered > 0, isFollower, waitsSoftly, cancellationToken).ConfigureAwait(false);
                    if (isLate && waitsSoftly)
                    {
                        waitsSoftly = false;
                        standIn = await SlowAsync(missed, isFollower, cancellationToken).ConfigureAwait(false);
                        if (standIn is null && !isFollower)
                        {
                            continue;
                        }
                    }

                    if (next is not { } update)
                    {
                        break;
                    }

                    position++;
                    if ((isFollower || mayFallBack) && delivered == 0 && SaysNothing(update))
                    {
                        // Whoever has been given a piece is given the rest, and it may yet turn out that there is nothing to share.
                        (silent ??= []).Add(update);
                        continue;
                    }

                    if (!isReported)
                    {
                        isReported = true;
                        Report(request, result.Result, isFollower ? null : origin);
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
                foreach (var update in standIn is null && isFollower && delivered == 0 && flight is { IsHeldBack: true, Answer: { } answer } ? AnswerPlayer.ToUpdates(answer) : [])
                {
                    delivered++;
                    yield return update;
                }

                if (standIn is null && mayFallBack && delivered == 0 && flight.Failure is { } failed && (!isFollower || !flight.IsFailureOfStarterAlone) && !cancellationToken.IsCancellationRequested)
                {
                    standIn = await FailedAsync(missed, failed, isFollower, cancellationToken).ConfigureAwait(false);
                }

                if (!isReported && standIn is null && (!isFollower || delivered > 0 || (flight.Failure is not null && !mayRetry && !flight.IsFailureOfStarterAlone)))
                {
                    Report(request, result.Result, isFollower ? null : origin);
                }
            }
            finally
            {
                if (!isReported && cancellationToken.IsCancellationRequested)
                {
                    Report(request, result.Result, isFollower ? null : origin);
                }

                if (isFollower)
                {
                    flight.LeaveAsFollower();
                }
                else if (standIn is not null)
                {
                    left.Keep(flight);
                }
                else
                {
                    await flight.LeaveAsStarterAsync().ConfigureAwait(false);
                }
            }

            if (standIn is { Answer: { } old })
            {
                result.Result = standIn.ToResult(response: null, standIn.Entry?.ToString());
                reporter.Report(request.ScopeLabel, standIn);
                foreach (var update in AnswerPlayer.ToUpdates(old))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return update;
                }

                yield break;
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
                foreach (var earlier in silent ?? [])
                {
                    yield return earlier;
                }

                if (isFollower)
                {
                    reporter.JoinedToTheEnd(request.ScopeLabel, flight.Answer);
                }

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

    private void Report(CacheRequest request, SemanticCacheResult result, LookupResult? origin)
    {
        if (origin is null)
        {
            reporter.Report(request.ScopeLabel, result.Outcome, result.Reason, result.Similarity);
        }
        else
        {
            reporter.Report(request.ScopeLabel, origin);
        }
    }

    private ValueTask<LookupResult?> SlowAsync(MissedRequest missed, bool isFollower, CancellationToken cancellationToken)
    {
        if (!isFollower)
        {
            standIns.Health.Failed();
        }

        return standIns.TryAsync(missed.Request, missed.Fallback, SemanticCacheReason.ModelSlow, cancellationToken);
    }

    private ValueTask<LookupResult?> FailedAsync(MissedRequest missed, Exception failure, bool isFollower, CancellationToken cancellationToken)
    {
        if (!isFollower && failure is OperationCanceledException { InnerException: not TimeoutException })
        {
            // Not this caller's cancellation, so a time limit of the client's.
            standIns.Health.Failed();
        }

        return standIns.TryAsync(missed.Request, missed.Fallback, SemanticCacheReason.ModelFailed, cancellationToken);
    }

    private bool TryJoin(CacheRequest request, ReadOnlyMemory<float> vector, bool mayJoin, out AnswerFlight flight, out float? similarity)
    {
        if (mayJoin)
        {
            return flights.TryJoin(request, vector, out flight, out similarity);
        }

        flight = AnswerFlight.New(request, vector, patience.Time);
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

    /// <summary>Gets the next piece, or <see langword="null"/> at the end, be it the answer's or the caller's patience's.</summary>
    private async ValueTask<(ChatResponseUpdate? Update, bool IsLate)> NextAsync(
        AnswerFlight flight, int position, bool hasBegun, bool isFollower, bool waitsSoftly, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (isFollower && !hasBegun && flight.IsHeldBack)
            {
                var isOver = await patience.IsOverInTimeAsync(flight, patience.For(flight, isFollower, waitsSoftly), cancellationToken).ConfigureAwait(false);
                return (null, IsLate: !isOver);
            }

            if (flight.Updates.TryRead(position, out var update, out var changed))
            {
                return (!isFollower ? update.Original : hasBegun || flight.MayShare ? FollowerCopy.Of(update.Template) : null, IsLate: false);
            }

            if (changed is null)
            {
                return default;
            }

            try
            {
                var wait = hasBegun ? Timeout.InfiniteTimeSpan : patience.For(flight, isFollower, waitsSoftly);
                await changed.WaitAsync(wait, patience.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return (null, IsLate: true);
            }
        }
    }
}
