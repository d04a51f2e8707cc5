using System.Collections.ObjectModel;

namespace RagCaching;

/// <summary>What would happen to a query now, step by step, and why.</summary>
/// <remarks>Immutable. It holds questions of the query's scope; treat it like them.</remarks>
public sealed class SemanticCacheExplanation
{
    /// <summary>Gets where the answer would come from.</summary>
    public required SemanticCacheOutcome Outcome { get; init; }

    /// <summary>Gets why the query would not be a hit.</summary>
    /// <value><see cref="SemanticCacheReason.None"/> for hits.</value>
    public SemanticCacheReason Reason { get; init; }

    /// <summary>Gets the similarity of the matched question, or of the nearest one that does not suffice.</summary>
    /// <value>As <see cref="SemanticCacheResult.Similarity"/>.</value>
    public float? Similarity { get; init; }

    /// <summary>Gets the id of the stored answer that would be served.</summary>
    /// <value><see langword="null"/> where none would be.</value>
    public string? EntryId { get; init; }

    /// <summary>Gets the question that this answer was generated for.</summary>
    /// <value><see langword="null"/> where none would be served.</value>
    public string? MatchedQuestion { get; init; }

    /// <summary>Gets when this answer expires.</summary>
    /// <value><see langword="null"/> where none would be served.</value>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the sources that this answer is based on, with their versions at that time.</summary>
    public IReadOnlyDictionary<string, string?> SourceVersions { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>Gets whether the query looks up, stores, or both.</summary>
    public required SemanticCacheMode Mode { get; init; }

    /// <summary>Gets the digest by which the scope is known to stores.</summary>
    /// <value><see langword="null"/> for a query that bypasses the cache.</value>
    public string? ScopeDigest { get; init; }

    /// <summary>Gets the digest of scope, embedding model and partition: the name of the store's partition.</summary>
    /// <value><see langword="null"/> for a query that bypasses the cache.</value>
    public string? PartitionDigest { get; init; }

    /// <summary>Gets the similarity below which nothing is served to the query.</summary>
    /// <value>A cosine in [-1, 1]; <see langword="null"/> for a query that bypasses the cache.</value>
    public float? MinimumSimilarity { get; init; }

    /// <summary>Gets a value indicating whether a verifier would be asked. The outcome is that for a verifier that agrees.</summary>
    public bool AsksVerifiers { get; init; }

    /// <summary>Gets a value indicating whether a moderator would be asked. The outcome is that for a moderator that agrees.</summary>
    public bool AsksModerators { get; init; }

    /// <summary>Gets the probability that the hit would be answered anew instead, to check it.</summary>
    /// <value>In [0, 1]; <see langword="null"/> for anything but a hit under an error budget. The outcome is that without a check.</value>
    public double? AuditRate { get; init; }

    /// <summary>Gets the stored questions that were considered, nearest first.</summary>
    public IReadOnlyList<SemanticCacheCandidate> Candidates { get; init; } = [];

    /// <summary>Gets the steps, in their order.</summary>
    public IReadOnlyList<SemanticCacheExplanationStep> Steps { get; init; } = [];

    /// <summary>Writes the steps, one on each line.</summary>
    /// <returns>A text for people.</returns>
    public override string ToString() => string.Join('\n', Steps.Select(step => $"{step.Name}: {step.Finding}"));
}
