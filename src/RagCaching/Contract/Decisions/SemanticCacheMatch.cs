using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>A stored answer that is about to be served to a re-worded question.</summary>
/// <remarks>Immutable, except for <see cref="Response"/>, which is a copy that the receiver of the match owns.</remarks>
public sealed class SemanticCacheMatch
{
    /// <summary>Gets the question being asked.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the question that the stored answer was generated for.</summary>
    public required string MatchedQuestion { get; init; }

    /// <summary>Gets the stored answer.</summary>
    public required ChatResponse Response { get; init; }

    /// <summary>Gets the cosine similarity of the two questions, in [-1, 1].</summary>
    public required float Similarity { get; init; }
}
