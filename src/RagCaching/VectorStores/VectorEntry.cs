namespace RagCaching;

/// <summary>An entry of an <see cref="IVectorStore"/>: the vector of a question, with its metadata and answer.</summary>
/// <remarks>Immutable. The memory behind <see cref="Vector"/>, <see cref="Metadata"/> and <see cref="Payload"/> must not be changed.</remarks>
public sealed class VectorEntry
{
    /// <summary>The time of expiry of entries that stay until they are removed or replaced: the last day of the year 9999.</summary>
    public static readonly DateTimeOffset NeverExpires = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Gets the partition that the entry belongs to, usually a digest.</summary>
    /// <value>Never empty.</value>
    public required string Partition { get; init; }

    /// <summary>Gets the entry's id, unique within its partition.</summary>
    /// <value>Never empty.</value>
    public required string Id { get; init; }

    /// <summary>Gets the vector by which the entry is found.</summary>
    /// <value>
    /// <c>d</c> finite components, not all zero, of any norm. Stores normalise the vector, so a vector that is read back has unit norm. Empty
    /// for an entry that is found only by its id.
    /// </value>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Gets the model that computed <see cref="Vector"/>, usually as a digest. A store may index the vectors of one model together.</summary>
    /// <value>
    /// The same for all entries of a partition; <see langword="null"/> if it is not known. It affects only the duration of searches. A store reads it only when an entry is written,
    /// or ignores it. Entries that a store returns do not have it.
    /// </value>
    public string? EmbeddingModel { get; init; }

    /// <summary>Gets the metadata of the entry. It is small and can be replaced separately.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>Gets the answer.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Gets the labels by which a <see cref="VectorFilter"/> can select the entry: digests of scope, tags, sources and model.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Gets the owner of the entry, usually a digest of the scope. A store can prevent one owner's entries from displacing all others.</summary>
    /// <value><see langword="null"/> for an entry without a particular owner. A store without bounds may ignore the owner.</value>
    public string? Owner { get; init; }

    /// <summary>Gets the time at which the entry was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the time at which the entry expires. Every entry has one.</summary>
    /// <value>From <see cref="NeverExpires"/> on, the entry never expires, and a store with bounds evicts others for it and never it for others.</value>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets a value indicating whether the entry stays until it is removed or replaced.</summary>
    internal bool IsPermanent => ExpiresAt >= NeverExpires;
}
