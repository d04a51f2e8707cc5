using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of the cache for retrieved chunks: which chunks fit a question, kept in memory beside the answers.</summary>
/// <remarks>It saves embedding, retrieval and reranking for questions whose answers cannot be shared, because their prompts are personal.</remarks>
public sealed class RetrievalCacheOptions
{
    internal const float DefaultMinimumSimilarity = 0.98f;
    internal const int DefaultMaxEntries = 1_000;
    internal const long DefaultMaxBytes = 64L << 20;
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets a value indicating whether retrieved chunks are kept.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets the similarity at or above which the chunks of one question serve a question in other words.</summary>
    /// <value>
    /// A cosine in [-1, 1]; default 0.98, stricter than the threshold of answers. The guards are asked as well. A request can raise it, and with exact-only requests or without an
    /// <see cref="ICachedEmbedder"/> only the very same question is served.
    /// </value>
    [Range(-1.0, 1.0)]
    public float MinimumSimilarity { get; set; } = DefaultMinimumSimilarity;

    /// <summary>Gets or sets how long retrieved chunks are kept.</summary>
    /// <value>Positive, at most 3,650 days; default 10 minutes. So long a new document can stay unseen by questions that were asked before it was added.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets how many questions are kept, over all scopes.</summary>
    /// <value>At least 1; default 1,000. Each further one displaces one that was not used lately.</value>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; set; } = DefaultMaxEntries;

    /// <summary>Gets or sets how many bytes the kept chunks may have together, with their texts and vectors.</summary>
    /// <value>At least 1; default 64 MiB. The texts of chunks from retrievers that implement <see cref="IChunkLookup"/> are not kept.</value>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>Gets or sets a value indicating whether questions without a scope share their chunks between all callers.</summary>
    /// <value>
    /// Default <see langword="null"/>: as <see cref="SemanticCacheOptions.ShareAcrossCallers"/> of the cache that the pipeline was added to, and not for a pipeline that was made without dependency
    /// injection. Where they are not shared, chunks are retrieved anew for questions without a scope.
    /// </value>
    public bool? ShareAcrossCallers { get; set; }

    /// <summary>Gets or sets a value indicating whether requests that bypass the cache of answers use kept chunks and have theirs kept.</summary>
    /// <value>Default <see langword="true"/>: a bypass is a decision about answers. With <see langword="false"/> nothing is kept of such a request.</value>
    public bool IncludeBypassed { get; set; } = true;

    internal RetrievalCacheOptions Copy() => (RetrievalCacheOptions)MemberwiseClone();
}
