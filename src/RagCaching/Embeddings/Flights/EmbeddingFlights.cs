using System.Collections.Concurrent;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal;

namespace RagCaching.Embeddings.Flights;

/// <summary>All texts of one embedder that are being looked up or generated, so that no text is generated twice at a time.</summary>
/// <remarks>
/// A flight stays here until its embedding has been written to the storage: who comes in between finds the result at once, even
/// without a local tier. Thread-safe.
/// </remarks>
/// <param name="clock">Decides about expiry.</param>
internal sealed class EmbeddingFlights(EntryClock clock)
{
    /// <summary>The owner of the runs of every embedder in the process.</summary>
    /// <remarks>
    /// A generator may itself use embedders, this one or others, and inside a run nobody waits for another run. So runs can never
    /// wait for each other in a circle.
    /// </remarks>
    public static readonly object Owner = new();

    private readonly ConcurrentDictionary<EntryKey, EmbeddingFlight> _lookups = new();
    private readonly ConcurrentDictionary<EntryKey, EmbeddingFlight> _refreshes = new();

    /// <summary>Finds a flight to wait for, or starts one.</summary>
    /// <param name="key">What is looked for.</param>
    /// <param name="request">The caller's request. One that refreshes shares only with others that do.</param>
    /// <param name="work">The caller's own run, to which a flight that is started belongs.</param>
    /// <param name="role">Receives what the caller has to do.</param>
    public EmbeddingFlight JoinOrStart(EntryKey key, in EmbeddingRequest request, SharedWork work, out FlightRole role)
    {
        var flights = Flights(request.IsRefresh);
        EmbeddingFlight? fresh = null;
        while (true)
        {
            if (flights.TryGetValue(key, out var other))
            {
                if (TryShare(other, request, work, out role))
                {
                    return other;
                }

                if (role == FlightRole.Starts)
                {
                    return new EmbeddingFlight(key, work, bypassReason: null);
                }

                Remove(other, request.IsRefresh);
            }

            fresh ??= new EmbeddingFlight(key, work, bypassReason: null);
            if (flights.TryAdd(key, fresh))
            {
                role = FlightRole.Starts;
                return fresh;
            }
        }
    }

    /// <summary>Ends the sharing of a flight.</summary>
    public void Remove(EmbeddingFlight flight, bool isRefresh) => Flights(isRefresh).TryRemove(new(flight.Key, flight));

    /// <summary>Sees to it that what is under way for a key is not kept.</summary>
    public void Forget(EntryKey key)
    {
        foreach (var flights in new[] { _lookups, _refreshes })
        {
            if (flights.TryRemove(key, out var flight))
            {
                flight.Forget();
            }
        }
    }

    /// <summary>Waits until everything that is under way has ended, well or badly.</summary>
    public async Task WhenEndedAsync()
    {
        foreach (var flight in _lookups.Values.Concat(_refreshes.Values))
        {
            await flight.WhenEndedAsync().ConfigureAwait(false);
        }
    }

    // When the answer is no: the role Starts means to go on alone beside that flight, and any other that the flight is over.
    private bool TryShare(EmbeddingFlight other, in EmbeddingRequest request, SharedWork work, out FlightRole role)
    {
        role = FlightRole.Repeats;
        if (other.Work == work)
        {
            return true;
        }

        role = FlightRole.Finds;
        if (other.IsEnded)
        {
            return !request.IsRefresh && other.Vector is { } vector && clock.IsAlive(vector) && request.Variant.Accepts(vector.Vector.Length);
        }

        if (SharedWork.IsInside(Owner))
        {
            role = FlightRole.Starts;
            return false;
        }

        role = FlightRole.Joins;
        return other.Work.TryJoin();
    }

    private ConcurrentDictionary<EntryKey, EmbeddingFlight> Flights(bool isRefresh) => isRefresh ? _refreshes : _lookups;
}
