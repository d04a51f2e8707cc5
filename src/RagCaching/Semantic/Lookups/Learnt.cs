namespace RagCaching.Semantic.Lookups;

/// <summary>What was learnt from a new answer.</summary>
/// <param name="Group">The group of answers that say the same; 0 if there is none.</param>
/// <param name="IsKnown">A stored answer was found to say the same, and serves this very question from now on: the new one need not be stored.</param>
internal readonly record struct Learnt(ulong Group, bool IsKnown = false);
