using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Flights;

/// <summary>Looks, just before an answer is generated, whether another caller's flight has stored one since the lookup.</summary>
internal sealed class SecondLook(FlightTable flights, GuardedLookup lookups, HitReview review)
{
    /// <summary>Looks again.</summary>
    /// <returns>A hit, or <see langword="null"/> if the answer still has to be generated.</returns>
    public async ValueTask<LookupResult?> FindAsync(MissedRequest missed, AnswerFlight flight)
    {
        if (!missed.MayJoin
            || (await lookups.FindExactAgainAsync(missed.Request).ConfigureAwait(false) ?? await FindNearestAsync(missed, flight).ConfigureAwait(false)) is not { } found

            // The very answer that is to be made anew.
            || (missed.IsRefresh && found.Fallback is not null))
        {
            return null;
        }

        var reviewed = await review.ReviewAsync(missed.Request, found, flight.Work.Token).ConfigureAwait(false);
        return reviewed.Answer is null ? null : reviewed;
    }

    /// <summary>Searches again, if a flight has ended since the lookup began that this question could have joined by meaning.</summary>
    private ValueTask<LookupResult?> FindNearestAsync(MissedRequest missed, AnswerFlight flight) =>
        !missed.IsRefresh && flights.EndedIn(missed.Request.Partition) != missed.FlightsEndedBefore && flights.JoinsByMeaning(missed.Request, flight.Vector)
            ? lookups.FindNearestAgainAsync(missed.Request, flight.Vector)
            : ValueTask.FromResult<LookupResult?>(null);
}
