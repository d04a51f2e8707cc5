using System.Collections.ObjectModel;
using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>The outcome of a query: where the answer came from, or why there is none.</summary>
/// <remarks>Immutable, except for <see cref="Response"/>, which the caller owns and may change without affecting the cache.</remarks>
public sealed class SemanticCacheResult
{
    private static readonly TimeSpan NoAge = TimeSpan.MinValue;

    // Every hit allocates one, so what can be missing takes no room for saying so. A result has either the question of a hit or a near miss.
    private readonly object? _nearest;
    private readonly TimeSpan _age = NoAge;
    private readonly float _similarity = float.NaN;

    /// <summary>Gets where the answer came from.</summary>
    public required SemanticCacheOutcome Outcome { get; init; }

    /// <summary>Gets why the query was not a hit, or why its answer is stale.</summary>
    /// <value><see cref="SemanticCacheReason.None"/> for hits that are not stale.</value>
    public SemanticCacheReason Reason { get; init; }

    /// <summary>Gets the answer.</summary>
    /// <value>
    /// <see langword="null"/> after a lookup that missed, and in the result of a stream. A stored answer carries no token usage, because serving
    /// it used no tokens.
    /// </value>
    public ChatResponse? Response { get; init; }

    /// <summary>Gets the similarity of the matched question, or of the nearest one that did not suffice.</summary>
    /// <value>A cosine in [-1, 1]; 1 for an exact hit; <see langword="null"/> if nothing was compared or nothing was near.</value>
    public float? Similarity
    {
        get => float.IsNaN(_similarity) ? null : _similarity;
        init => _similarity = value ?? float.NaN;
    }

    /// <summary>Gets the id of the stored answer, for <see cref="ISemanticCacheManager.RemoveAsync"/> and <see cref="ISemanticCacheManager.ReportAsync"/>.</summary>
    /// <value>
    /// After a miss, the id under which the new answer was stored, or <see langword="null"/> if it was not stored. In the result of a stream,
    /// the id that the answer gets if it is stored.
    /// </value>
    public string? EntryId { get; init; }

    /// <summary>Gets the question that the stored answer was generated for.</summary>
    /// <value>It belongs to the query's scope. <see langword="null"/> if nothing was served, or if another caller's answer to exactly the same question was shared.</value>
    public string? MatchedQuestion
    {
        get => _nearest as string;
        init => _nearest = value ?? _nearest;
    }

    /// <summary>Gets the stored question that came nearest and was not served, with what speaks against it.</summary>
    /// <value><see langword="null"/> for hits, and where nothing was near. See <see cref="SemanticCacheCandidate.GuardRule"/> for the rule of a guard.</value>
    public SemanticCacheCandidate? NearMiss
    {
        get => _nearest as SemanticCacheCandidate;
        init => _nearest = value ?? _nearest;
    }

    /// <summary>Gets the sources that the answer is based on, with their versions at that time.</summary>
    /// <value>The content of <see cref="SemanticCacheEntryContext.SourceVersions"/>, as the factory set it; empty if the factory set nothing. In a live stream, known at its end.</value>
    public IReadOnlyDictionary<string, string?> SourceVersions { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>Gets the part of the lookup time that was spent on embedding the question.</summary>
    /// <value>Zero if nothing had to be embedded.</value>
    public TimeSpan EmbeddingDuration { get; init; }

    /// <summary>Gets the time since the stored answer was generated.</summary>
    public TimeSpan? Age
    {
        get => _age == NoAge ? null : _age;
        init => _age = value ?? NoAge;
    }

    /// <summary>Gets a value indicating whether the caller got an answer that was not generated for this call.</summary>
    public bool IsHit => Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit or SemanticCacheOutcome.Joined or SemanticCacheOutcome.Stale;

    /// <summary>Gets a value indicating whether the answer's lifetime is over: it was served because a new one could not be had. <see cref="Age"/> says how old it is.</summary>
    public bool IsStale => Outcome == SemanticCacheOutcome.Stale;
}
