using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Lookups;

/// <summary>A stored question that a search found, and that may be used by the scope that searched.</summary>
/// <param name="Id">The stored answer.</param>
/// <param name="State">What is known about it.</param>
/// <param name="Similarity">The similarity of the two questions.</param>
/// <param name="Entry">The entry as the store returned it; with its payload only where <see cref="HasPayload"/> says so.</param>
/// <param name="HasPayload">Whether the answer came with the search, so that the store need not be asked for it again.</param>
internal sealed record FoundMatch(EntryId Id, EntryState State, float Similarity, VectorEntry Entry, bool HasPayload)
{
    /// <summary>Gets when the answer was stored.</summary>
    public DateTimeOffset CreatedAt => Entry.CreatedAt;
}
