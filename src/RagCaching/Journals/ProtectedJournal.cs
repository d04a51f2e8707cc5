using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;
using RagCaching.Protection;

namespace RagCaching.Journals;

/// <summary>Puts the host's protector between a store and its journal: the engine gets no text and no vector, and what it returns is opened or left out.</summary>
/// <remarks>Digests, labels, times and sizes stay readable, since engines order, filter and expire by them.</remarks>
internal sealed class ProtectedJournal(IVectorJournal journal, ProtectedPayloads payloads) : IVectorJournal
{
    private readonly EntrySeal _seal = new(payloads);

    /// <inheritdoc/>
    public string Engine => journal.Engine;

    /// <summary>Puts the protector of a host, if it has one, around a journal.</summary>
    public static IVectorJournal Around(IVectorJournal journal, IServiceProvider? services, FaultReporting reporting) =>
        ProtectedPayloads.From(services, reporting) is { } payloads ? new ProtectedJournal(journal, payloads) : journal;

    /// <inheritdoc/>
    public ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default) => journal.OpenAsync(identity, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default) =>
        journal.AppendAsync([.. changes.Select(Sealed)], cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The vector is behind the same seal as the answer, so answers are read and left out where they are not wanted.</remarks>
    public async ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default)
    {
        var page = await journal.ReadSnapshotAsync(cursor, maxEntries, withPayloads: true, cancellationToken).ConfigureAwait(false);
        var entries = new List<VectorEntry>(page.Entries.Count);
        foreach (var entry in page.Entries)
        {
            if (_seal.TryOpen(entry, withPayloads, withVector: true, out var opened))
            {
                entries.Add(opened);
            }
            else
            {
                payloads.NotOpened();
            }
        }

        return page with { Entries = entries };
    }

    /// <inheritdoc/>
    public async ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default)
    {
        var changes = await journal.ReadChangesAsync(after, maxChanges, withPayloads: true, cancellationToken).ConfigureAwait(false);
        var records = new List<JournalRecord>(changes.Records.Count);
        foreach (var record in changes.Records)
        {
            if (Opened(record.Change, withPayloads) is { } change)
            {
                records.Add(record with { Change = change });
            }
        }

        return changes with { Records = records };
    }

    /// <inheritdoc/>
    public ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default) => journal.WaitForChangesAsync(after, atMost, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default)
    {
        if (await journal.ReadAsync(partition, id, withVector, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return null;
        }

        if (_seal.TryOpen(entry, withPayload: true, withVector, out var opened))
        {
            return opened;
        }

        payloads.NotOpened();
        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private JournalChange Sealed(JournalChange change) => change.Kind switch
    {
        JournalChangeKind.Upsert when change.Entry is { } entry => change.WithEntry(_seal.Seal(entry, leavesVector: false)),
        JournalChangeKind.SetMetadata => JournalChange.SetMetadata(change.Partition, change.Id, change.CreatedAt, _seal.SealMetadata(change.Partition, change.Id, change.Content)),
        JournalChangeKind.Learn => JournalChange.Learn(change.Partition, payloads.Protect(change.Content, ContextOf(change))),
        _ => change,
    };

    // What cannot be opened is gone for this instance; what was learnt, and cannot be opened, is left out.
    private JournalChange? Opened(JournalChange change, bool withPayloads)
    {
        switch (change.Kind)
        {
            case JournalChangeKind.Upsert when change.Entry is { } entry:
                if (_seal.TryOpen(entry, withPayloads, withVector: true, out var opened))
                {
                    return change.WithEntry(opened);
                }

                break;
            case JournalChangeKind.SetMetadata:
                if (_seal.TryOpenMetadata(change.Partition, change.Id, change.Content) is { } metadata)
                {
                    return JournalChange.SetMetadata(change.Partition, change.Id, change.CreatedAt, metadata);
                }

                break;
            case JournalChangeKind.Learn:
                if (payloads.TryUnprotect(change.Content, ContextOf(change)) is { } learnt)
                {
                    return JournalChange.Learn(change.Partition, learnt);
                }

                payloads.NotOpened();
                return null;
            default:
                return change;
        }

        payloads.NotOpened();
        return JournalChange.Remove(change.Partition, change.Id);
    }

    private static Digest ContextOf(JournalChange learnt) => PayloadContext.OfLearning(learnt.Partition);
}
