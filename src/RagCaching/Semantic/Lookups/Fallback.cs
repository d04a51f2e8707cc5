using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Lookups;

/// <summary>A stored answer that may be served if a new one cannot be had. It is loaded and checked again before.</summary>
/// <param name="Entry">The stored answer.</param>
/// <param name="Outcome">How its question was found.</param>
/// <param name="Similarity">How similar the two questions are.</param>
internal sealed record Fallback(EntryId Entry, SemanticCacheOutcome Outcome, float Similarity)
{
    /// <summary>Gets what is asked last, and takes note of a yes; <see langword="null"/> where nobody has to be asked.</summary>
    public Func<bool>? TryServe { get; init; }
}
