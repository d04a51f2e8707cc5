namespace RagCaching;

/// <summary>A separate similarity threshold for the queries of a partition, with a tag, or of caches with an embedding model.</summary>
/// <remarks>A rule holds for a query that meets all of its conditions that are set. A rule without any would hold for all queries, and is refused.</remarks>
public sealed class ThresholdRule
{
    /// <summary>Gets or sets the partition of the queries, as in <see cref="SemanticCacheQuery.Partition"/>.</summary>
    /// <value>Default <see langword="null"/> for any.</value>
    public string? Partition { get; set; }

    /// <summary>Gets or sets a tag that the queries have, as in <see cref="SemanticCacheQuery.Tags"/>.</summary>
    /// <value>Default <see langword="null"/> for any.</value>
    public string? Tag { get; set; }

    /// <summary>Gets or sets the id of the model that embeds questions: what similarity is enough depends on it.</summary>
    /// <value>Compared without regard to case. Default <see langword="null"/> for any.</value>
    public string? EmbeddingModel { get; set; }

    /// <summary>Gets or sets the similarity at or above which a stored answer may be served to these queries.</summary>
    /// <value>A cosine in [-1, 1], higher or lower than the threshold of others; default 0.95.</value>
    public float MinimumSimilarity { get; set; } = SemanticCacheOptions.DefaultMinimumSimilarity;

    /// <summary>Gets a value indicating whether no condition is set.</summary>
    internal bool IsEmpty => string.IsNullOrEmpty(Partition) && string.IsNullOrEmpty(Tag) && string.IsNullOrEmpty(EmbeddingModel);

    /// <summary>Tells whether the rule holds for a query.</summary>
    internal bool HoldsFor(string? partition, IReadOnlyList<string> tags, string? embeddingModel) =>
        (string.IsNullOrEmpty(Partition) || Partition == partition)
        && (string.IsNullOrEmpty(Tag) || tags.Contains(Tag))
        && (string.IsNullOrEmpty(EmbeddingModel) || EmbeddingModel.Equals(embeddingModel, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal ThresholdRule Copy() => (ThresholdRule)MemberwiseClone();
}
