namespace RagCaching;

/// <summary>One entry of an <see cref="IVectorStore"/>: a question's vector and what belongs to it.</summary>
/// <remarks>Immutable; the memory behind <see cref="Vector"/>, <see cref="Metadata"/> and <see cref="Payload"/> must not be changed.</remarks>
public sealed class VectorEntry
{
    /// <summary>Gets the partition that the entry belongs to, usually a digest.</summary>
    /// <value>Never empty.</value>
    public required string Partition { get; init; }

    /// <summary>Gets the entry's id, unique within its partition.</summary>
    /// <value>Never empty.</value>
    public required string Id { get; init; }

    /// <summary>Gets the vector by which the entry is found.</summary>
    /// <value>
    /// <c>d</c> finite components, not all zero, of any norm: stores normalise it, so what is read back has unit norm. Empty
    /// for an entry that is found by its id only.
    /// </value>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Gets which model computed <see cref="Vector"/>, usually a digest: vectors of one model are spread alike, and a store may index them together.</summary>
    /// <value>
    /// The same for all entries of a partition; <see langword="null"/> where it is not known. It changes how long a search takes and nothing else. Only looked at when an entry is written:
    /// entries that a store returns do not have it, and a store may ignore it.
    /// </value>
    public string? EmbeddingModel { get; init; }

    /// <summary>Gets what is known about the entry besides its answer; small, replaceable on its own.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>Gets the answer.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Gets the labels by which a <see cref="VectorFilter"/> can select the entry: digests of scope, tags, sources and model.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Gets whose entry it is, usually a digest of the scope: nobody's entries may push out everybody else's.</summary>
    /// <value><see langword="null"/> for an entry of nobody in particular. A store without bounds of its own may ignore it.</value>
    public string? Owner { get; init; }

    /// <summary>Gets the time at which the entry was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the time from which on the entry is no longer valid. Every entry has one.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
