namespace RagCaching.Testing.Tests.Conformance;

/// <summary>A store that does what another one does. What derives from it does one thing wrong.</summary>
internal class StoreDecorator(IVectorStore inner) : IVectorStore
{
    public virtual ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) => inner.UpsertAsync(entry, cancellationToken);

    public virtual ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) => inner.GetAsync(partition, id, cancellationToken);

    public virtual ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default) => GetAsync(partition, id, cancellationToken);

    public virtual ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default) =>
        inner.SetMetadataAsync(partition, id, metadata, cancellationToken);

    public virtual ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) => inner.SearchAsync(query, cancellationToken);

    public virtual ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) => inner.RemoveAsync(partition, id, cancellationToken);

    public virtual ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) => inner.RemoveWhereAsync(filter, cancellationToken);

    public virtual ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) => inner.CountAsync(filter, cancellationToken);

    public virtual IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) => inner.ReadAllAsync(filter, cancellationToken);

    protected static VectorEntry Changed(VectorEntry entry, ReadOnlyMemory<float>? vector = null, ReadOnlyMemory<byte>? metadata = null) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = vector ?? entry.Vector,
        Metadata = metadata ?? entry.Metadata,
        Payload = entry.Payload,
        Labels = entry.Labels,
        Owner = entry.Owner,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };

    protected static VectorQuery Changed(VectorQuery query, string? partition = null, int? limit = null, float? minimum = null) => new()
    {
        Partition = partition ?? query.Partition,
        Vector = query.Vector,
        Limit = limit ?? query.Limit,
        MinimumSimilarity = minimum ?? query.MinimumSimilarity,
        IncludePayload = query.IncludePayload,
        IncludeVector = query.IncludeVector,
    };
}
