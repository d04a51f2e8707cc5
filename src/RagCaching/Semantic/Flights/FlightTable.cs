using System.Collections.Concurrent;
using RagCaching.Internal;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Flights;

/// <summary>The answers that are being generated right now.</summary>
/// <remarks>
/// A caller joins the flight of the very same question, or that of a close enough one; otherwise it starts its own. Between comparing and starting no other flight can slip
/// in: who starts one has compared with all there are. Thread-safe.
/// </remarks>
internal sealed class FlightTable(RemovalLog removals, SemanticJoins closeJoins, TimeProvider time)
{
    // A number of counters shared by all partitions: two that share one cost each other a search now and then.
    private const int Counters = 256;

    private readonly ConcurrentDictionary<string, FlightGroup> _groups = new(StringComparer.Ordinal);
    private readonly long[] _ended = new long[Counters];

    /// <summary>Gets a number that changes whenever a flight of a partition ends, after its answer was stored.</summary>
    public long EndedIn(string partition) => Volatile.Read(ref CounterOf(partition));

    /// <summary>Tells whether a question may be compared with others by meaning.</summary>
    public bool JoinsByMeaning(CacheRequest request, ReadOnlyMemory<float> vector) => closeJoins.AreAllowedFor(request, vector);

    /// <summary>Tells whether the answer to exactly this question is being generated.</summary>
    public bool IsInFlight(CacheRequest request) => _groups.TryGetValue(request.Partition, out var group) && group.Contains(request.QuestionKey);

    /// <summary>Takes a seat in a flight that may serve a question, or in one's own.</summary>
    /// <param name="request">The question.</param>
    /// <param name="vector">Its vector, if the lookup got that far.</param>
    /// <param name="mayJoin">Whether other callers have anything to do with it; otherwise the flight is on no table.</param>
    public FlightSeat Take(CacheRequest request, ReadOnlyMemory<float> vector, bool mayJoin)
    {
        if (!mayJoin)
        {
            return new FlightSeat(AnswerFlight.New(request, vector, time), IsFollower: false, Similarity: null);
        }

        var isFollower = TryJoin(request, vector, out var flight, out var similarity);
        return new FlightSeat(flight, isFollower, similarity);
    }

    /// <summary>Joins a flight that may serve a question, or starts one.</summary>
    /// <param name="request">The question.</param>
    /// <param name="vector">Its vector, if the lookup got that far.</param>
    /// <param name="flight">Receives the flight; one that was started has to be run, and to be taken off by <see cref="Remove"/>.</param>
    /// <param name="similarity">Receives how close the flight's question is, if it was joined by meaning.</param>
    /// <returns>Whether the flight is somebody else's, in which case the caller is counted among those waiting for it.</returns>
    public bool TryJoin(CacheRequest request, ReadOnlyMemory<float> vector, out AnswerFlight flight, out float? similarity)
    {
        // A factory may ask a question that is being answered: its own, or one whose factory asks this one's. It goes on alone.
        var isInside = SharedWork.IsInside(AnswerFlight.Owner);
        long? compared = !isInside && JoinsByMeaning(request, vector) ? 0 : null;
        similarity = null;
        while (true)
        {
            var group = _groups.GetOrAdd(request.Partition, static _ => new FlightGroup());
            var step = group.Step(request.QuestionKey, compared, () => AnswerFlight.New(request, vector, time), out var present, out var others);
            switch (step)
            {
                case FlightStep.Added:
                    flight = present!;
                    return false;
                case FlightStep.Found when isInside:
                    flight = AnswerFlight.New(request, vector, time);
                    return false;
                case FlightStep.Found when CanJoin(present!):
                    flight = present!;
                    return true;
                case FlightStep.Found:
                    // Everybody has left that flight, or it began before a removal that this caller may know of.
                    TakeOff(request.Partition, request.QuestionKey, present!);
                    break;
                case FlightStep.Compare:
                    if (closeJoins.TryJoin(request, vector, others, CanJoin) is { } close)
                    {
                        (flight, similarity) = close;
                        return true;
                    }

                    compared = others.Max(other => other.Number);
                    break;
                default:
                    _groups.TryRemove(new KeyValuePair<string, FlightGroup>(request.Partition, group));
                    compared = compared is null ? null : 0;
                    break;
            }
        }
    }

    /// <summary>Tells which flight <see cref="TryJoin"/> would join now, and joins none.</summary>
    /// <returns>The question of the flight and how close it is, <see langword="null"/> for the same one; or <see langword="null"/>.</returns>
    public (string Question, float? Similarity)? Foresee(CacheRequest request, ReadOnlyMemory<float> vector, SemanticJoins joins)
    {
        if (SharedWork.IsInside(AnswerFlight.Owner) || !_groups.TryGetValue(request.Partition, out var group))
        {
            return null;
        }

        var (own, others) = group.Read(request.QuestionKey);
        if (own is not null)
        {
            return IsJoinable(own) ? (own.Question, null) : null;
        }

        return joins.AreAllowedFor(request, vector) && joins.TryJoin(request, vector, others, IsJoinable) is { } close ? (close.Flight.Question, close.Similarity) : null;
    }

    /// <summary>Takes a flight that has ended off the table, if it is still on it.</summary>
    public void Remove(string partition, string questionKey, AnswerFlight flight)
    {
        Interlocked.Increment(ref CounterOf(partition));
        TakeOff(partition, questionKey, flight);
    }

    private void TakeOff(string partition, string questionKey, AnswerFlight flight)
    {
        if (_groups.TryGetValue(partition, out var group) && group.Remove(questionKey, flight))
        {
            _groups.TryRemove(new KeyValuePair<string, FlightGroup>(partition, group));
        }
    }

    private bool CanJoin(AnswerFlight flight) => IsJoinable(flight) && flight.Work.TryJoin();

    private bool IsJoinable(AnswerFlight flight) => flight.RemovalsBefore == removals.Now;

    private ref long CounterOf(string partition) => ref _ended[(uint)partition.GetHashCode(StringComparison.Ordinal) % Counters];
}
