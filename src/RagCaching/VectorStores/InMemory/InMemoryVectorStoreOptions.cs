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
    /// <value>At least 1; default 100,000. One more evicts one.</value>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; set; } = DefaultMaxEntries;

    /// <summary>Gets or sets the largest total size of vectors, metadata, payloads and labels in bytes, over all partitions.</summary>
    /// <value>
    /// At least 1; default 1 GiB. Four bytes are counted per vector component and two per character of a label. An entry that alone
    /// is larger is refused. On top come bookkeeping of roughly 230 bytes per entry and its id, the codes that make searches fast (64, 192 or 320 bytes,
    /// see the documentation), and slots of rows that are free at the moment.
    /// </value>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>Gets or sets the share of both bounds from which on an owner's new entries push out that owner's old ones, and nobody else's.</summary>
    /// <value>
    /// From 0.001 to 1; default 0.5. Only counts while the store is full: an owner who is alone may use all of it. The owner is <see cref="VectorEntry.Owner"/>;
    /// the semantic cache sets it to the scope.
    /// </value>
    [Range(0.001, 1.0)]
    public double MaxOwnerShare { get; set; } = DefaultMaxOwnerShare;

    /// <summary>Gets or sets how many threads at most work on one search: the one that searches, and idle ones of the thread pool.</summary>
    /// <value>
    /// From 1 to 64; default 4, and never more than there are processors. 1 keeps every search on its own thread. More than one take part only in a search that is
    /// expected to take about 0.3 ms or more, and only while no other work waits for the pool. The result is the same; each search takes less
    /// time and a little more of the processors.
    /// </value>
    [Range(1, 64)]
    public int MaxSearchParallelism { get; set; } = DefaultMaxSearchParallelism;
}
