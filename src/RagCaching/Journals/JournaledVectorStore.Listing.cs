using System.Runtime.CompilerServices;
using RagCaching.Internal.Limits;
using RagCaching.VectorStores;

namespace RagCaching;

/// <content>Everything that is stored.</content>
public sealed partial class JournaledVectorStore : IEntryListing
{
    private const int ListedAtOnce = 500;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="JournalMismatchException">The journal can never be used by this host.</exception>
    /// <exception cref="TimeoutException">The journal does not answer.</exception>
    /// <remarks>Reads the journal, which has all entries, also those that do not fit into the index; what this instance still has to write is written first.</remarks>
    public IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ThrowIfUnusable();
        return ReadJournalAsync(JournalChange.RemoveWhere(filter), cancellationToken);
    }

    // Of the index, which answers at once; what does not fit into it is in exports only.
    IReadOnlyList<VectorEntry> IEntryListing.ReadNewest(ListingQuery query, CancellationToken cancellationToken)
    {
        ThrowIfNothingIsServed();
        return ((IEntryListing)_entries.Current).ReadNewest(query, cancellationToken);
    }

    private async IAsyncEnumerable<VectorEntry> ReadJournalAsync(JournalChange selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await WhenOpenAsync(cancellationToken).ConfigureAwait(false);
        _ = await _writer.WriteAsync(change: null, _options.CallTimeout, cancellationToken).ConfigureAwait(false);
        string? cursor = null;
        do
        {
            var page = await TimeLimit.RunAsync(
                static (read, token) => read.Journal.ReadSnapshotAsync(read.Cursor, ListedAtOnce, withPayloads: true, token),
                (Journal: _journal, Cursor: cursor),
                _options.CallTimeout,
                _time,
                cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries.Where(selection.Covers))
            {
                yield return entry;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
