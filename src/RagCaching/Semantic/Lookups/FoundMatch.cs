using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Lookups;

/// <summary>A stored question that a search found, and that may be used by the scope that searched.</summary>
/// <param name="Id">The stored answer.</param>
/// <param name="State">What is known about it.</param>
/// <param name="Similarity">The similarity of the two questions.</param>
/// <param name="CreatedAt">When the answer was stored.</param>
internal sealed record FoundMatch(EntryId Id, EntryState State, float Similarity, DateTimeOffset CreatedAt);
