namespace RagCaching.Semantic.Flights;

/// <summary>One caller's place at an answer that is being generated.</summary>
/// <param name="Flight">The answer.</param>
/// <param name="IsFollower">Whether another caller has started it.</param>
/// <param name="Similarity">How close the flight's question is, where it was joined by meaning.</param>
internal readonly record struct FlightSeat(AnswerFlight Flight, bool IsFollower, float? Similarity);
