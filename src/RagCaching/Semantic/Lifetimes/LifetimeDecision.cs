namespace RagCaching.Semantic.Lifetimes;

/// <summary>What was decided about a new answer.</summary>
/// <param name="TimeToLive">How long it stays valid; zero not to store it.</param>
/// <param name="IsExactOnly">Whether it is served to exactly its question only.</param>
internal readonly record struct LifetimeDecision(TimeSpan TimeToLive, bool IsExactOnly);
