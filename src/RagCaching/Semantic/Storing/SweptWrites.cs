using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Storing;

/// <summary>Stores entries in such a way that a removal which meets the write has the last word.</summary>
/// <remarks>
/// A removal may sweep the store between the check and the write. A write that fails may have been carried out all the same, and one that nobody waits for any more may still be. So whatever a write
/// ended with, and whenever it ended, the entry is taken back if it was removed meanwhile; where that fails, too, the entry is never used by this cache. Thread-safe.
/// </remarks>
internal sealed class SweptWrites(IVectorStore store, RemovalLog removals, FaultReporting reporting)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly FaultBarrier _withdrawals = new(TelemetryNames.Operations.Remove, reporting, log: null, Longest);

    /// <summary>Tells whether an entry was removed since its ticket was drawn.</summary>
    public bool IsRemoved(VectorEntry entry, WriteTicket ticket) => removals.Covers(entry.Labels, ticket.StartedAt, ticket.RemovalsBefore);

    /// <summary>Stores an entry, unless it was removed.</summary>
    /// <returns>Whether it is stored, and not removed.</returns>
    public async ValueTask<bool> UpsertAsync(VectorEntry entry, WriteTicket ticket, CancellationToken cancellationToken)
    {
        if (IsRemoved(entry, ticket))
        {
            return false;
        }

        try
        {
            await store.UpsertAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (IsRemoved(entry, ticket))
            {
                await WithdrawAsync(entry).ConfigureAwait(false);
            }
        }

        return !IsRemoved(entry, ticket);
    }

    private async ValueTask WithdrawAsync(VectorEntry entry)
    {
        // First of all, so that nobody is served in the time that it takes.
        removals.Revoke(entry);
        var isOut = await _withdrawals.RunAsync(
            static async (removed, token) =>
            {
                await removed.Store.RemoveAsync(removed.Entry.Partition, removed.Entry.Id, token).ConfigureAwait(false);
                return true;
            },
            (Store: store, Entry: entry),
            fallback: false,
            CancellationToken.None).ConfigureAwait(false);
        if (isOut)
        {
            removals.Unrevoke(entry);
        }
    }
}
