using RagCaching.Chaos.Faults;

namespace RagCaching.Chaos.Stores;

/// <summary>A store that goes wrong as its plan says.</summary>
/// <param name="inner">The store behind it.</param>
/// <param name="plan">The plan. Its operations are <c>upsert</c>, <c>get</c>, <c>set</c>, <c>search</c>, <c>remove</c>, <c>removewhere</c> and <c>count</c>.</param>
public sealed class ChaosVectorStore(IVectorStore inner, FaultPlan plan) : IVectorStore
{
    /// <summary>Gets or sets what <c>get</c> answers with when it answers with garbage.</summary>
    public Func<VectorEntry?> Garbage { get; set; } = static () => new VectorEntry { Partition = "?", Id = "?", Vector = new[] { float.NaN }, CreatedAt = default, ExpiresAt = DateTimeOffset.MaxValue };

    public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) => plan.RunAsync("upsert", token => inner.UpsertAsync(entry, token), cancellationToken);

    public ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        plan.RunAsync("get", token => inner.GetAsync(partition, id, token), Garbage, cancellationToken);

    public ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        plan.RunAsync("get", token => inner.GetContentAsync(partition, id, token), Garbage, cancellationToken);

    public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default) =>
        plan.RunAsync("set", token => inner.SetMetadataAsync(partition, id, metadata, token), static () => false, cancellationToken);

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
        plan.RunAsync("search", token => inner.SearchAsync(query, token), () => [new VectorMatch(Garbage()!, float.NaN)], cancellationToken);

    public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        plan.RunAsync("remove", token => inner.RemoveAsync(partition, id, token), static () => false, cancellationToken);

    public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
        plan.RunAsync("removewhere", token => inner.RemoveWhereAsync(filter, token), static () => -1, cancellationToken);

    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
        plan.RunAsync("count", token => inner.CountAsync(filter, token), static () => -1, cancellationToken);
}
