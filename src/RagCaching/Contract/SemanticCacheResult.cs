using System.Collections.ObjectModel;
using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>What came of a query: where the answer came from, or why there is none.</summary>
/// <remarks>Immutable itself; <see cref="Response"/> belongs to the caller, who may change it without affecting the cache.</remarks>
public sealed class SemanticCacheResult
{
    /// <summary>Gets where the answer came from.</summary>
    public required SemanticCacheOutcome Outcome { get; init; }

    /// <summary>Gets why the query was not a hit.</summary>
    /// <value><see cref="SemanticCacheReason.None"/> for hits.</value>
    public SemanticCacheReason Reason { get; init; }

    /// <summary>Gets the answer.</summary>
    /// <value>
    /// <see langword="null"/> after a lookup that missed, and in the result of a stream. A stored answer carries no token usage, since no
    /// tokens were used for it.
    /// </value>
    public ChatResponse? Response { get; init; }

    /// <summary>Gets how close the matched question, or the nearest one that did not suffice, is to the question.</summary>
    /// <value>A cosine in [-1, 1]; 1 for an exact hit; <see langword="null"/> when nothing was compared or nothing was near.</value>
    public float? Similarity { get; init; }

    /// <summary>Gets the id of the stored answer, for <see cref="ISemanticCacheManager.RemoveAsync"/> and <see cref="ISemanticCacheManager.ReportAsync"/>.</summary>
    /// <value>
    /// After a miss, the id under which the new answer was stored, or <see langword="null"/> if it was not. In the result of a stream,
    /// the id that the answer gets if it is stored.
    /// </value>
    public string? EntryId { get; init; }

    /// <summary>Gets the question that the stored answer was given to.</summary>
    /// <value>Of the same scope as the query; <see langword="null"/> when nothing was served, or an answer to the very same question was shared.</value>
    public string? MatchedQuestion { get; init; }

    /// <summary>Gets the sources that the answer was built on, with their versions at that time.</summary>
    /// <value>What the factory put into <see cref="SemanticCacheEntryContext.SourceVersions"/>; empty where it put nothing. Known at the end of a live stream.</value>
    public IReadOnlyDictionary<string, string?> SourceVersions { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>Gets how much of the lookup was spent on embedding the question.</summary>
    /// <value>Zero where nothing had to be embedded.</value>
    public TimeSpan EmbeddingDuration { get; init; }

    /// <summary>Gets how long ago the stored answer was generated.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Gets a value indicating whether the answer was had without generating one for this caller.</summary>
    public bool IsHit => Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit or SemanticCacheOutcome.Joined;
}
