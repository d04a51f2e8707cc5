namespace RagCaching;

/// <summary>How old the stored answers were that a cache has served.</summary>
/// <param name="Answers">The number of answers. Answers shared while they were generated have no age and do not count.</param>
/// <param name="Mean">The mean age; zero without answers.</param>
/// <param name="Longest">The age of the oldest one.</param>
public readonly record struct ServedAge(long Answers, TimeSpan Mean, TimeSpan Longest);
