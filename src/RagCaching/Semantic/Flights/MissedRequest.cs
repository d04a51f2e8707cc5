using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Flights;

/// <summary>A request that has to be answered anew.</summary>
/// <param name="Request">The question.</param>
/// <param name="Lookup">What the lookup found, which was not an answer.</param>
/// <param name="FlightsEndedBefore">How many flights had ended when the lookup began; see <see cref="FlightTable.EndedIn"/>.</param>
internal sealed record MissedRequest(CacheRequest Request, LookupResult Lookup, long FlightsEndedBefore)
{
    /// <summary>Gets the stored answer to fall back on; <see langword="null"/> for none.</summary>
    public Fallback? Fallback => Lookup.Fallback;

    /// <summary>Gets a value indicating whether a stored answer is made anew that is still fresh.</summary>
    public bool IsRefresh => Lookup.Reason == SemanticCacheReason.EagerRefresh;

    /// <summary>Gets a value indicating whether the answer may be another caller's.</summary>
    public bool MayJoin => Request.Mode == SemanticCacheMode.ReadWrite && Lookup.Reason != SemanticCacheReason.HeldOut;
}
