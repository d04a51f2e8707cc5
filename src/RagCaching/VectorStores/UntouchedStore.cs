namespace RagCaching.VectorStores;

/// <summary>A store that is read and never changed. What is removed is hidden from who removed it, and stays. For one lookup; not thread-safe.</summary>
internal class UntouchedStore(IVectorStore inner) : IVectorStore
{
    private readonly HashSet<(string Partition, string Id)> _hidden = [];

    /// <summary>Makes a view of a store that has the same abilities.</summary>
    public static UntouchedStore Of(IVectorStore store) => store is ILocalIndex index ? new Local(index) : new UntouchedStore(store);

    /// <inheritdoc/>
    public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        _hidden.Contains((partition, id)) ? default : inner.GetAsync(partition, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        _hidden.Contains((partition, id)) ? default : inner.GetContentAsync(partition, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default) => ValueTask.FromResult(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
        _hidden.Count == 0 ? inner.SearchAsync(query, cancellationToken) : SearchPastHiddenAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) => ValueTask.FromResult(_hidden.Add((partition, id)));

    /// <inheritdoc/>
    public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) => ValueTask.FromResult(0L);

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) => inner.CountAsync(filter, cancellationToken);

    private async ValueTask<IReadOnlyList<VectorMatch>> SearchPastHiddenAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        var wider = new VectorQuery
        {
            Partition = query.Partition,
            Vector = query.Vector,
            Limit = query.Limit + _hidden.Count,
            MinimumSimilarity = query.MinimumSimilarity,
            IncludeVector = query.IncludeVector,
            IncludePayload = query.IncludePayload,
        };
        var matches = await inner.SearchAsync(wider, cancellationToken).ConfigureAwait(false);
        return [.. matches.Where(match => !_hidden.Contains((match.Entry.Partition, match.Entry.Id))).Take(query.Limit)];
    }

    private sealed class Local(ILocalIndex inner) : UntouchedStore(inner), ILocalIndex
    {
        public bool HandsOutPayloads => inner.HandsOutPayloads;
    }
}
