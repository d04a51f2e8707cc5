namespace RagCaching;

/// <summary>What came of hits that were answered anew (<see cref="SemanticCacheOptions.HoldoutRate"/>).</summary>
/// <param name="HeldOut">The number of such hits. Some may not be compared: the model failed, or the comparer could not tell.</param>
/// <param name="Agreed">How often the new answer said the same as the stored one.</param>
/// <param name="Disagreed">How often it said something else.</param>
public readonly record struct HoldoutStatistics(long HeldOut, long Agreed, long Disagreed);
