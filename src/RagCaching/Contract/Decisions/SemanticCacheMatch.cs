using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A stored answer that is about to be served to a re-worded question.</summary>
/// <remarks>Immutable itself; <see cref="Response"/> is a copy that belongs to whoever is given the match.</remarks>
public sealed class SemanticCacheMatch
{
    /// <summary>Gets the question being asked.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the question that the stored answer was given to.</summary>
    public required string MatchedQuestion { get; init; }

    /// <summary>Gets the stored answer.</summary>
    public required ChatResponse Response { get; init; }

    /// <summary>Gets the cosine similarity of the two questions, in [-1, 1].</summary>
    public required float Similarity { get; init; }
}
