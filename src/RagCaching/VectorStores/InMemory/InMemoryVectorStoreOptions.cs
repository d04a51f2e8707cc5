using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of an <see cref="InMemoryVectorStore"/>.</summary>
public sealed class InMemoryVectorStoreOptions
{
    internal const int DefaultMaxEntries = 100_000;
    internal const long DefaultMaxBytes = 1L << 30;
    internal const double DefaultMaxOwnerShare = 0.5;
    internal const int DefaultMaxSearchParallelism = 4;

    /// <summary>Gets or sets the largest number of entries, over all partitions.</summary>
    /// <value>At least 1; default 100,000. Each further entry evicts one.</value>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; set; } = DefaultMaxEntries;

    /// <summary>Gets or sets the largest total size of vectors, metadata, payloads and labels in bytes, over all partitions.</summary>
    /// <value>
    /// At least 1; default 1 GiB. A vector component counts as four bytes, and a character of a label as two. A single entry that
    /// is larger is refused. The following do not count: bookkeeping of roughly 230 bytes per entry and its id, the codes that make searches fast (64, 192 or
    /// 320 bytes, see the documentation), and free row slots.
    /// </value>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>Gets or sets the share of either bound at or above which an owner's new entries displace only that owner's old entries.</summary>
    /// <value>
    /// From 0.001 to 1; default 0.5. The share applies only while the store is full: a single owner may use all of it. The owner is <see cref="VectorEntry.Owner"/>;
    /// the semantic cache sets it to the scope.
    /// </value>
    [Range(0.001, 1.0)]
    public double MaxOwnerShare { get; set; } = DefaultMaxOwnerShare;

    /// <summary>Gets or sets the largest number of threads that work on one search: the searching thread and idle threads of the pool.</summary>
    /// <value>
    /// From 1 to 64; default 4, and never more than there are processors. With 1, every search stays on its calling thread. Other threads help only with a search that is
    /// expected to take about 0.3 ms or more, and only while no other work waits for the pool. The result is the same. Each search takes less
    /// time and slightly more processor time.
    /// </value>
    [Range(1, 64)]
    public int MaxSearchParallelism { get; set; } = DefaultMaxSearchParallelism;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal InMemoryVectorStoreOptions Copy() => (InMemoryVectorStoreOptions)MemberwiseClone();
}
