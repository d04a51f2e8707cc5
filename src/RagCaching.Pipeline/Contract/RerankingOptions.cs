using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of the step that orders retrieved chunks anew, for pipelines with an <see cref="IReranker"/>.</summary>
public sealed class RerankingOptions
{
    internal const int DefaultMaxEntries = 10_000;
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromDays(1);

    /// <summary>Gets or sets how long the reranker may take before the chunks stay in the order of the retrieval.</summary>
    /// <value>Positive, at most one hour; default 1 second.</value>
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>Gets or sets a value indicating whether the scores of the reranker are kept in memory.</summary>
    /// <value>Default <see langword="true"/>. They are found again for the same question, scope and chunks: ids, versions and texts are compared, so a change of any of them is a miss.</value>
    public bool CacheScores { get; set; } = true;

    /// <summary>Gets or sets how long scores are kept.</summary>
    /// <value>Positive, at most 3,650 days; default 1 day.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets for how many questions scores are kept, over all scopes.</summary>
    /// <value>At least 1; default 10,000. Each takes twelve bytes for a chunk and about 400 of its own.</value>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; set; } = DefaultMaxEntries;

    internal RerankingOptions Copy() => (RerankingOptions)MemberwiseClone();
}
