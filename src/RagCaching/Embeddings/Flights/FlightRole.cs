namespace RagCaching.Embeddings.Flights;

/// <summary>What a caller has to do with a flight it was given.</summary>
internal enum FlightRole
{
    /// <summary>Its run has to bring the flight to its end.</summary>
    Starts,

    /// <summary>Its run has already taken the flight on, for the same text elsewhere in the batch.</summary>
    Repeats,

    /// <summary>It waits for another caller's run, and has to leave that when it is done.</summary>
    Joins,

    /// <summary>Nothing: the result is there, and only its way into the storage is not finished.</summary>
    Finds,
}
