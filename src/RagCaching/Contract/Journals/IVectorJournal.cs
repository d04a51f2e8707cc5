namespace RagCaching;

/// <summary>A durable, ordered record of what caches store, which several instances share and none forgets.</summary>
/// <remarks>
/// <para>
/// A journal is what an engine (SQLite, Redis, PostgreSQL, one of your own) contributes to a <see cref="JournaledVectorStore"/>: it keeps the entries, and it puts every change into
/// one order that all readers see. It never searches; every instance answers from an index in its own memory, which is derived from the journal.
/// </para>
/// <para>The protocol, which the conformance suite checks:</para>
/// <list type="number">
/// <item><description>
/// <b>Order.</b> Every accepted change gets a version, greater than that of every change accepted before it, by whichever instance. A change becomes visible to readers only after
/// all changes with smaller versions are visible, or never.
/// </description></item>
/// <item><description>
/// <b>Append.</b> A batch is accepted whole or not at all. When <see cref="AppendAsync"/> has returned, the batch is durable as far as the engine promises it. When it throws, it is
/// unknown whether the batch was accepted; the caller appends it again.
/// </description></item>
/// <item><description>
/// <b>Removals beat older writes.</b> An upsert is refused when a removal that covers it has a version greater than its <see cref="JournalChange.BasedOn"/>: its answer may be older
/// than the removal. Versions decide, not clocks. An engine may forget removals that are older than it keeps changes; it then refuses upserts that are based on a version before those.
/// </description></item>
/// <item><description>
/// <b>State, not history.</b> A snapshot holds the valid entries. Of several changes to one entry, readers need to be given the last one only. Removals, and what was learnt, are kept long
/// enough for readers to catch up; a reader that comes too late is told of a gap and reads the snapshot again.
/// </description></item>
/// <item><description>
/// <b>Incarnation.</b> A journal that lost its content, or was made anew, has another <see cref="JournalPosition.Incarnation"/>; a reader with a position of the old one is told of a gap.
/// An upsert whose <see cref="JournalChange.BasedOnIncarnation"/> is another one is refused: a removal may have been lost with the content.
/// </description></item>
/// </list>
/// <para>
/// Implementations are thread-safe. Partitions, ids, labels and owners are digests, at most 64 characters of the URL-safe Base64 alphabet, unless a host writes to the store directly; metadata and payload are
/// opaque bytes. What cannot be read back as it was written is left out and counted, never handed out.
/// </para>
/// </remarks>
public interface IVectorJournal : IAsyncDisposable
{
    /// <summary>Gets what the journal is, for log messages: the name of the engine.</summary>
    /// <value>Without addresses, paths and credentials.</value>
    string Engine { get; }

    /// <summary>Connects, creates what is missing, and checks that the journal belongs to this host.</summary>
    /// <param name="identity">What the host expects.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The position of the latest change.</returns>
    /// <exception cref="JournalMismatchException">The journal cannot be used by this host, now or later. Nothing was changed in it.</exception>
    /// <exception cref="Exception">The engine cannot be reached; the caller tries again later.</exception>
    /// <remarks>Called before everything else, and again after a failure; what is open already stays open.</remarks>
    ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Appends changes: all of them or none.</summary>
    /// <param name="changes">The changes, in their order; not empty.</param>
    /// <param name="cancellationToken">Cancels the wait; it is then unknown whether they were appended.</param>
    /// <returns>One receipt for each change, in the same order.</returns>
    /// <exception cref="Exception">The engine failed; the caller appends them again.</exception>
    ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Reads a part of the valid entries, the newest first.</summary>
    /// <param name="cursor">Where the part before ended; <see langword="null"/> for the first part.</param>
    /// <param name="maxEntries">The largest number of entries to return, at least 1.</param>
    /// <param name="withPayloads">Whether the entries come with their payloads.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The entries, and where the next part begins. An entry that changes during the reading may be missing; it is then among the changes.</returns>
    /// <exception cref="Exception">The engine failed; the caller reads the part again.</exception>
    ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default);

    /// <summary>Reads the changes after a position, in their order.</summary>
    /// <param name="after">The position up to which the reader knows all changes.</param>
    /// <param name="maxChanges">The largest number of changes to return, at least 1.</param>
    /// <param name="withPayloads">Whether upserted entries come with their payloads.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The changes; none if there are none. Returns at once.</returns>
    /// <exception cref="InvalidDataException">A change is damaged, and what it did is not known; the caller opens the journal again and reads everything.</exception>
    /// <exception cref="Exception">The engine failed; the caller reads them again.</exception>
    ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default);

    /// <summary>Waits until there may be changes after a position.</summary>
    /// <param name="after">The position.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when there may be changes, or the time is over. It may complete early.</returns>
    /// <exception cref="Exception">The engine failed.</exception>
    ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default);

    /// <summary>Reads one entry by its id, as it is now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The id within the partition.</param>
    /// <param name="withVector">Whether the entry comes with its vector.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The entry with its payload, or <see langword="null"/> if there is none, or it has expired, or it cannot be read.</returns>
    /// <exception cref="Exception">The engine failed.</exception>
    ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default);
}
