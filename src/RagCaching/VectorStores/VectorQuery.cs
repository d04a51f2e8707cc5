namespace RagCaching;

/// <summary>A query for a search in an <see cref="IVectorStore"/>.</summary>
public sealed class VectorQuery
{
    /// <summary>Gets the partition to search. No other partition is searched.</summary>
    public required string Partition { get; init; }

    /// <summary>Gets the vector to compare with: <c>d</c> finite components, not all zero, of any norm.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Gets the lowest similarity that counts as a match.</summary>
    /// <value>A cosine in [-1, 1]; default -1, which is no limit. The bound is inclusive.</value>
    public float MinimumSimilarity { get; init; } = -1;

    /// <summary>Gets the largest number of matches to return.</summary>
    /// <value>At least 1; default 1.</value>
    public int Limit { get; init; } = 1;

    /// <summary>Gets a value indicating whether matches come with their payload.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool IncludePayload { get; init; }

    /// <summary>Gets a value indicating whether matches come with their vector.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool IncludeVector { get; init; }
}
