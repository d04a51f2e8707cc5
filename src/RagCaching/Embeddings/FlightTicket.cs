namespace RagCaching.Embeddings;

/// <summary>A caller's part in a flight.</summary>
/// <param name="Flight">The flight.</param>
/// <param name="Role">What the caller has to do with it.</param>
internal readonly record struct FlightTicket(EmbeddingFlight Flight, FlightRole Role)
{
    public bool Starts => Role == FlightRole.Starts;
}
