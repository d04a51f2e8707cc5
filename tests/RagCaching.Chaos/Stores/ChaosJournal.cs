using RagCaching.Chaos.Faults;

namespace RagCaching.Chaos.Stores;

/// <summary>A journal that goes wrong as its plan says.</summary>
/// <param name="inner">The journal behind it, which is disposed with this one.</param>
/// <param name="plan">The plan. Its operations are <c>open</c>, <c>append</c>, <c>snapshot</c>, <c>changes</c>, <c>wait</c>, <c>read</c> and <c>lease</c>.</param>
public class ChaosJournal(IVectorJournal inner, FaultPlan plan) : IVectorJournal, IJournalLeases
{
    public string Engine => inner.Engine;

    protected IVectorJournal Inner => inner;

    private IJournalLeases Leases => (IJournalLeases)inner;

    public ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default) =>
        plan.RunAsync("open", token => inner.OpenAsync(identity, token), garbage: null, cancellationToken);

    public virtual ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default) =>
        plan.RunAsync("append", token => inner.AppendAsync(changes, token), static () => [], cancellationToken);

    public virtual ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default) =>
        plan.RunAsync("snapshot", token => inner.ReadSnapshotAsync(cursor, maxEntries, withPayloads, token), garbage: null, cancellationToken);

    public virtual ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default) =>
        plan.RunAsync("changes", token => inner.ReadChangesAsync(after, maxChanges, withPayloads, token), garbage: null, cancellationToken);

    public ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default) =>
        plan.RunAsync("wait", token => inner.WaitForChangesAsync(after, atMost, token), cancellationToken);

    public virtual ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default) =>
        plan.RunAsync("read", token => inner.ReadAsync(partition, id, withVector, token), garbage: null, cancellationToken);

    public ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default) =>
        plan.RunAsync("lease", token => Leases.TryAcquireLeaseAsync(name, duration, token), garbage: null, cancellationToken);

    public ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default) =>
        plan.RunAsync("lease", token => Leases.IsLeasedAsync(name, token), garbage: null, cancellationToken);

    public ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default) =>
        plan.RunAsync("lease", cancel => Leases.ReleaseLeaseAsync(name, token, cancel), cancellationToken);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return inner.DisposeAsync();
    }
}
