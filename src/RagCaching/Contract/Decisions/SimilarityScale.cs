namespace RagCaching;

/// <summary>Where the similarities of an embedding model lie, measured on stored questions.</summary>
/// <remarks>
/// A cosine of 0.9 means "the same question" to one model and "both in English" to another. The figures here are averages over many questions of one partition; none of them can be traced to a question.
/// They say how the model places questions, not how well it tells their meanings apart: only labelled outcomes do, which an error budget collects. See docs/decisions/scale.md. Immutable.
/// </remarks>
public sealed class SimilarityScale
{
    /// <summary>Gets the number of stored questions that were measured.</summary>
    public required int Questions { get; init; }

    /// <summary>Gets the mean similarity of two of them: that of questions that have nothing to do with each other.</summary>
    /// <value>A cosine in [-1, 1].</value>
    public required float Unrelated { get; init; }

    /// <summary>Gets the standard deviation of the similarity of two of them.</summary>
    /// <value>Positive.</value>
    public required float Spread { get; init; }

    /// <summary>Gets the median similarity of a question and the nearest of the others.</summary>
    /// <value>A cosine in [-1, 1].</value>
    public required float Nearest { get; init; }

    /// <summary>Gets the threshold that stands on this scale where 0.90 stands on that of all-MiniLM-L6-v2, or above it where unrelated and nearest questions are hard to tell apart.</summary>
    /// <value>A cosine in [0.90, 0.995]. A proposal for <see cref="SemanticCacheOptions.MinimumSimilarity"/>: the cache never takes it by itself.</value>
    public required float ProposedSimilarity { get; init; }
}
