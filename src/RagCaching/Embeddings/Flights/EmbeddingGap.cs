namespace RagCaching.Embeddings.Flights;

/// <summary>A place in an answer that the local tier could not fill, and later the flight that will.</summary>
/// <param name="Index">The place.</param>
/// <param name="Text">The text that belongs there.</param>
internal record struct EmbeddingGap(int Index, string Text)
{
    /// <summary>Gets or sets what the caller has to do with the flight.</summary>
    public FlightRole Role { get; set; }

    /// <summary>Gets or sets the flight that brings the embedding.</summary>
    public EmbeddingFlight? Flight { get; set; }

    /// <summary>Gets a value indicating whether the caller's own run has to bring the flight to its end.</summary>
    public readonly bool IsStarter => Role == FlightRole.Starts;
}
