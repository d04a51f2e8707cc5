namespace RagCaching.Semantic.Flights;

/// <summary>The answers that are being generated right now in one partition.</summary>
/// <remarks>Thread-safe. No code of the host runs inside its lock.</remarks>
internal sealed class FlightGroup
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AnswerFlight> _flights = new(StringComparer.Ordinal);
    private long _lastNumber;
    private bool _isClosed;

    /// <summary>Tells whether a question has a flight.</summary>
    public bool Contains(string questionKey)
    {
        lock (_lock)
        {
            return _flights.ContainsKey(questionKey);
        }
    }

    /// <summary>Finds the flight of a question or, if there is neither one nor anything to compare first, adds one.</summary>
    /// <param name="questionKey">The question.</param>
    /// <param name="compared">The number of the last flight that the caller has compared with; <see langword="null"/> if it compares with none.</param>
    /// <param name="create">Makes a flight.</param>
    /// <param name="flight">Receives the flight that was found or added.</param>
    /// <param name="others">Receives the flights that the caller has to compare with.</param>
    public FlightStep Step(string questionKey, long? compared, Func<AnswerFlight> create, out AnswerFlight? flight, out IReadOnlyList<AnswerFlight> others)
    {
        others = [];
        lock (_lock)
        {
            if (_isClosed)
            {
                flight = null;
                return FlightStep.Closed;
            }

            if (_flights.TryGetValue(questionKey, out flight))
            {
                return FlightStep.Found;
            }

            if (compared is { } number && _lastNumber > number)
            {
                others = [.. _flights.Values.Where(other => other.Number > number && !other.Vector.IsEmpty)];
                if (others.Count > 0)
                {
                    return FlightStep.Compare;
                }
            }

            flight = create();
            flight.Number = ++_lastNumber;
            _flights.Add(questionKey, flight);
            return FlightStep.Added;
        }
    }

    /// <summary>Reads the flight of a question, if there is one, and all that can be compared with.</summary>
    public (AnswerFlight? Own, IReadOnlyList<AnswerFlight> Others) Read(string questionKey)
    {
        lock (_lock)
        {
            return (_flights.GetValueOrDefault(questionKey), [.. _flights.Values.Where(other => !other.Vector.IsEmpty)]);
        }
    }

    /// <summary>Takes a flight out, if it is still in.</summary>
    /// <returns>Whether the group is empty now; it is then closed for good.</returns>
    public bool Remove(string questionKey, AnswerFlight flight)
    {
        lock (_lock)
        {
            if (_flights.TryGetValue(questionKey, out var present) && ReferenceEquals(present, flight))
            {
                _flights.Remove(questionKey);
            }

            return _isClosed |= _flights.Count == 0;
        }
    }
}
