namespace RagCaching.LatencyLab.Scenes;

/// <summary>A request of the outage scene.</summary>
/// <param name="At">When it was made, from the start of the traffic.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Outcome">What came of it; <see langword="null"/> for an error.</param>
internal sealed record OutageRequest(TimeSpan At, TimeSpan Took, SemanticCacheOutcome? Outcome);
