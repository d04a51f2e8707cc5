using System.Globalization;

namespace RagCaching;

/// <summary>A stored question near the one being asked, and what was decided about its answer.</summary>
/// <remarks>Immutable. It belongs to the query's scope.</remarks>
public sealed class SemanticCacheCandidate
{
    /// <summary>Gets the id of the stored answer, for <see cref="ISemanticCacheManager.RemoveAsync"/> and <see cref="ISemanticCacheManager.ReportAsync"/>.</summary>
    public required string EntryId { get; init; }

    /// <summary>Gets the stored question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets how close the two questions are.</summary>
    /// <value>A cosine in [-1, 1].</value>
    public required float Similarity { get; init; }

    /// <summary>Gets the similarity below which nothing was served to the query.</summary>
    /// <value>A cosine in [-1, 1]. Under an error budget, its floor.</value>
    public required float MinimumSimilarity { get; init; }

    /// <summary>Gets by how much the similarity is above the threshold.</summary>
    /// <value>A difference of cosines, in [-2, 2]; negative below the threshold.</value>
    public float Margin => Similarity - MinimumSimilarity;

    /// <summary>Gets what speaks against serving the answer.</summary>
    /// <value><see cref="SemanticCacheReason.None"/> where nothing does.</value>
    public required SemanticCacheReason Reason { get; init; }

    /// <summary>Gets the guard that refuses the answer: <see cref="IMatchGuard.Name"/>.</summary>
    /// <value><see langword="null"/> where none does; <c>failed</c> where a guard threw.</value>
    public string? Guard { get; init; }

    /// <summary>Gets the rule by which the guard refuses: <see cref="IMatchGuard.RuleAgainst"/>.</summary>
    /// <value><see langword="null"/> where none does.</value>
    public string? GuardRule { get; init; }

    /// <summary>Gets how likely the answer is right, as the error budget sees it.</summary>
    /// <value>In [0, 1]; 0 while the scope has not learnt enough; <see langword="null"/> without an error budget, or for a candidate that it was not asked about.</value>
    public double? Probability { get; init; }

    /// <summary>Gets when the answer was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the answer expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the labels by which the answer can be removed: digests of its scope, tags, sources, model and creator.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"'{Question}': similarity {Similarity:0.0000}, threshold {MinimumSimilarity:0.0000}, margin {Margin:+0.0000;-0.0000}{(Probability is { } probability ? $", probability {probability:0.0000}" : "")}, {(Reason == SemanticCacheReason.None ? "may be served" : Reason)}{(Guard is null ? "" : $" ({Guard}: {GuardRule})")}, expires {ExpiresAt:u}");
}
