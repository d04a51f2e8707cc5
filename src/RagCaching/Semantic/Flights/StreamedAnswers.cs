using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Flights;

/// <summary>Generates answers for callers that want them as a stream, one run for all that ask the same question at the same time.</summary>
internal sealed class StreamedAnswers(FlightTable flights, FlightServices services)
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
        var mayJoin = missed.MayJoin;
        var mayRetry = true;
        while (true)
        {
            var seat = flights.Take(missed.Request, missed.Lookup.Vector, mayJoin);
            if (seat.IsFollower && missed.IsRefresh)
            {
                // Another caller makes the answer anew; this one gets the stored one, if it is still there.
                seat.Flight.LeaveAsFollower();
                if (await services.StandIns.TryAsync(missed.Request, missed.Fallback, SemanticCacheReason.None, cancellationToken).ConfigureAwait(true) is { Answer: { } stored } standIn)
                {
                    result.Result = standIn.ToResult(response: null, standIn.Entry?.ToString());
                    services.Reporter.Report(missed.Request.ScopeLabel, standIn);
                    foreach (var update in AnswerPlayer.ToUpdates(stored))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return update;
                    }

                    yield break;
                }

                mayJoin = false;
                continue;
            }

            var found = seat.IsFollower ? null : await services.Runner.TryEndWithStoredAsync(seat.Flight, missed, cancellationToken).ConfigureAwait(true);
            var turn = new StreamTurn(services, result, missed, seat, found, mayRetry);
            turn.Begin();
            if (!seat.IsFollower && found is null)
            {
                // Its end is the flight's, and it never throws. It starts here, in the caller's context.
                _ = services.Runner.RunAsync(seat.Flight, missed, factory);
            }

            try
            {
                while (await turn.ReadAsync(cancellationToken).ConfigureAwait(false) is { } update)
                {
                    yield return update;
                }
            }
            finally
            {
                await turn.CloseAsync(cancellationToken).ConfigureAwait(false);
            }

            if (turn.IsAnswered)
            {
                yield break;
            }

            mayJoin = turn.HasFailed && mayRetry;
            mayRetry &= !turn.HasFailed;
        }
    }
}
