namespace RagCaching;

/// <summary>Keeps entries in partitions, and finds those whose vectors are closest to a query.</summary>
/// <remarks>
/// <para>
/// Partitions are isolated: no operation on one partition sees or returns the content of another, or is slowed down by it. Partition names, ids
/// and labels are digests; a store never receives a caller's text in them. <see cref="VectorEntry.Metadata"/> and
/// <see cref="VectorEntry.Payload"/> are opaque bytes that do hold text, in an envelope with a checksum.
/// </para>
/// <para>
/// An entry becomes invisible at its <see cref="VectorEntry.ExpiresAt"/>. A write or removal is visible to every call that starts after it
/// has completed. A reader sees each entry whole or not at all. Implementations are thread-safe.
/// </para>
/// </remarks>
public interface IVectorStore
{
    /// <summary>Adds an entry, or replaces the one with the same partition and id.</summary>
    /// <param name="entry">The entry. Its memory must not change afterwards; the store may keep references to it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the entry can be found.</returns>
    /// <exception cref="ArgumentException">
    /// The vector has a NaN or an infinity (the message says "component" and its index), zero norm, or a different number of dimensions from the partition's other vectors (the message has both numbers).
    /// </exception>
    ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Gets one complete entry, with vector, metadata and payload.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The entry, or <see langword="null"/> if there is none or it is no longer valid.</returns>
    ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default);

    /// <summary>Gets one entry without its vector: metadata, payload, labels and times.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The entry, or <see langword="null"/> if there is none or it is no longer valid. Its vector may be empty.</returns>
    /// <remarks>Every exact hit reads an entry this way. The default implementation gets the complete entry. A store that can leave out the vector saves its copy or transfer.</remarks>
    ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default) => GetAsync(partition, id, cancellationToken);

    /// <summary>Replaces only the metadata of an entry.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <param name="metadata">The new metadata. The memory must not change afterwards.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns><see langword="true"/> if there was such an entry.</returns>
    ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default);

    /// <summary>Finds the entries of a partition that are closest to a vector.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>
    /// At most <see cref="VectorQuery.Limit"/> matches at or above <see cref="VectorQuery.MinimumSimilarity"/>, best first. Matches with equal
    /// similarity are in the order in which their entries were first added. Empty for a partition that does not exist.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The query's vector is empty, has a NaN, an infinity, zero norm, or a different number of dimensions from the partition's vectors.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1, or the minimum similarity is outside of [-1, 1].</exception>
    ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes one entry.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns><see langword="true"/> if there was such an entry.</returns>
    ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default);

    /// <summary>Removes every entry that a filter selects.</summary>
    /// <param name="filter">Selects the entries. An empty filter selects all of them.</param>
    /// <param name="cancellationToken">Cancels the wait. Entries that are removed by then stay removed.</param>
    /// <returns>The number of removed entries.</returns>
    ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Counts the valid entries that a filter selects.</summary>
    /// <param name="filter">Selects the entries. An empty filter selects all of them.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The number of valid entries.</returns>
    ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Reads the valid entries that a filter selects, with vector, metadata and payload, in any order.</summary>
    /// <param name="filter">Selects the entries. An empty filter selects all of them.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The entries. One that is written or removed meanwhile may be among them or not.</returns>
    /// <exception cref="NotSupportedException">The store cannot list its entries, as the default implementation says.</exception>
    /// <remarks>Exports read entries this way; nothing else does.</remarks>
    IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} cannot list its entries, so they cannot be exported. Implement {nameof(IVectorStore)}.{nameof(ReadAllAsync)}.");
}
