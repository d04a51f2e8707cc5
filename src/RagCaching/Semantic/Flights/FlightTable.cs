using System.Collections.Concurrent;
using RagCaching.Internal;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Flights;

/// <summary>The answers that are being generated right now, by question.</summary>
internal sealed class FlightTable(RemovalLog removals)
{
    private readonly ConcurrentDictionary<(string Partition, string QuestionKey), AnswerFlight> _flights = new();

    /// <summary>Joins the flight of a question, or starts one.</summary>
    /// <param name="partition">The partition of the question.</param>
    /// <param name="questionKey">The question's key within the partition.</param>
    /// <param name="create">Makes the flight that the caller then has to run and to <see cref="Remove"/>.</param>
    /// <param name="flight">Receives the flight.</param>
    /// <returns>Whether it is somebody else's, in which case the caller is counted among those waiting for it.</returns>
    public bool TryJoin(string partition, string questionKey, Func<AnswerFlight> create, out AnswerFlight flight)
    {
        while (true)
        {
            if (!_flights.TryGetValue((partition, questionKey), out var existing))
            {
                flight = create();
                if (_flights.TryAdd((partition, questionKey), flight))
                {
                    return false;
                }

                continue;
            }

            if (SharedWork.IsInside(AnswerFlight.Owner))
            {
                // A factory asks a question that is being answered: its own, or one whose factory asks this one's. It goes on alone.
                flight = create();
                return false;
            }

            if (existing.RemovalsBefore == removals.Now && existing.Work.TryJoin())
            {
                flight = existing;
                return true;
            }

            // Everybody has left that flight, or it began before a removal that this caller may know of.
            Remove(partition, questionKey, existing);
        }
    }

    /// <summary>Takes a flight off the table, if it is still on it.</summary>
    public void Remove(string partition, string questionKey, AnswerFlight flight) =>
        _flights.TryRemove(new KeyValuePair<(string, string), AnswerFlight>((partition, questionKey), flight));
}
