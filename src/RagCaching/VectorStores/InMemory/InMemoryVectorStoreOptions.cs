using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings of an <see cref="InMemoryVectorStore"/>.</summary>
public sealed class InMemoryVectorStoreOptions
{
    internal const int DefaultMaxEntries = 100_000;
    internal const long DefaultMaxBytes = 1L << 30;

    /// <summary>Gets or sets the largest number of entries, over all partitions.</summary>
    /// <value>At least 1; default 100,000. One more evicts one.</value>
    [Range(1, int.MaxValue)]
    public int MaxEntries { get; set; } = DefaultMaxEntries;

    /// <summary>Gets or sets the largest total size of vectors, metadata, payloads and labels in bytes, over all partitions.</summary>
    /// <value>
    /// At least 1; default 1 GiB. Four bytes are counted per vector component and two per character of a label. An entry that alone
    /// is larger is refused. Bookkeeping of roughly 400 bytes per entry, with its id, and slots of rows that are free at the moment come on top.
    /// </value>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; set; } = DefaultMaxBytes;
}
