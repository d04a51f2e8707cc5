using RagCaching.Chaos.Stores;

namespace RagCaching.Testing.Tests.Conformance;

/// <summary>A journal in memory whose mistakes a test sets; without any it keeps the contract.</summary>
internal sealed class JournalDecorator(MemoryJournal inner) : IVectorJournal, IJournalLeases
{
    public string Engine => "decorated";

    public Func<JournalIdentity, JournalIdentity> OnOpen { get; init; } = identity => identity;

    public Func<JournalChange, JournalChange> OnAppend { get; init; } = change => change;

    public Func<JournalReceipt, JournalReceipt> OnReceipt { get; init; } = receipt => receipt;

    public Func<JournalPage, JournalPage> OnPage { get; init; } = page => page;

    public Func<JournalChanges, JournalChanges> OnChanges { get; init; } = changes => changes;

    public Func<JournalPosition, JournalPosition> OnPosition { get; init; } = position => position;

    public Func<VectorEntry?, VectorEntry?> OnRead { get; init; } = entry => entry;

    public bool LeasesToAll { get; init; }

    public TimeSpan LeastLease { get; init; }

    public TimeProvider? WaitsItsTimeBy { get; init; }

    public Exception? OnDispose { get; init; }

    public bool IsDisposed => inner.IsDisposed;

    public ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default) => inner.OpenAsync(OnOpen(identity), cancellationToken);

    public async ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default) =>
        [.. (await inner.AppendAsync([.. changes.Select(OnAppend)], cancellationToken)).Select(OnReceipt)];

    public async ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default) =>
        OnPage(await inner.ReadSnapshotAsync(cursor, maxEntries, withPayloads, cancellationToken));

    public async ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default) =>
        OnChanges(await inner.ReadChangesAsync(OnPosition(after), maxChanges, withPayloads, cancellationToken));

    public ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default) =>
        WaitsItsTimeBy is null ? inner.WaitForChangesAsync(after, atMost, cancellationToken) : new(Task.Delay(atMost, WaitsItsTimeBy, cancellationToken));

    public async ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default) =>
        OnRead(await inner.ReadAsync(partition, id, withVector, cancellationToken));

    public async ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default) =>
        await inner.TryAcquireLeaseAsync(name, duration > LeastLease ? duration : LeastLease, cancellationToken) ?? (LeasesToAll ? "also" : null);

    public ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default) => inner.IsLeasedAsync(name, cancellationToken);

    public ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default) => inner.ReleaseLeaseAsync(name, token, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        if (OnDispose is not null)
        {
            throw OnDispose;
        }
    }
}
