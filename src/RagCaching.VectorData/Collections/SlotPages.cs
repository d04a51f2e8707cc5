using System.Runtime.CompilerServices;
using RagCaching.VectorData.Filters;

namespace RagCaching.VectorData.Collections;

/// <summary>Goes over all records that a filter selects, a page at a time, so that memory is bounded whatever a collection holds.</summary>
internal static class SlotPages
{
    /// <summary>Reads the records.</summary>
    public static async IAsyncEnumerable<Record> ReadAsync(Shelf shelf, RecordFilter filter, bool withVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var cursor = new SlotCursor(); !cursor.IsAtEnd;)
        {
            if (await TryReadAsync(shelf, filter, cursor, withVectors, cancellationToken).ConfigureAwait(false) is not { } page)
            {
                Halve(ref cursor, shelf);
                continue;
            }

            foreach (var record in page)
            {
                yield return record;
            }

            cursor.Advance(page.Count);
        }
    }

    /// <summary>Changes the records, each page under the locks of its slots.</summary>
    /// <param name="shelf">The collection.</param>
    /// <param name="filter">Selects the records.</param>
    /// <param name="locks">Keeps this process's other writers away from a page.</param>
    /// <param name="change">Changes the records of a page.</param>
    /// <param name="cancellationToken">Cancels what is not done yet.</param>
    public static async Task ChangeAsync(Shelf shelf, RecordFilter filter, SlotLocks locks, Func<List<Record>, Task> change, CancellationToken cancellationToken)
    {
        for (var cursor = new SlotCursor(); !cursor.IsAtEnd;)
        {
            using var holder = await locks.EnterAsync(cursor.From, cursor.To, cancellationToken).ConfigureAwait(false);
            if (await TryReadAsync(shelf, filter, cursor, withVectors: false, cancellationToken).ConfigureAwait(false) is not { } page)
            {
                Halve(ref cursor, shelf);
                continue;
            }

            await change(page).ConfigureAwait(false);
            cursor.Advance(page.Count);
        }
    }

    private static void Halve(ref SlotCursor cursor, Shelf shelf)
    {
        if (!cursor.TryHalve())
        {
            throw new VectorStoreCapabilityException($"The vector database of the collection '{shelf.CollectionName}' returns records that a filter by number does not select.") { CollectionName = shelf.CollectionName };
        }
    }

    /// <returns>The records of the range; <see langword="null"/> if they are more than a page.</returns>
    private static async Task<List<Record>?> TryReadAsync(Shelf shelf, RecordFilter filter, SlotCursor cursor, bool withVectors, CancellationToken cancellationToken)
    {
        var page = await shelf.FindAsync(filter.Between(cursor.From, cursor.To), SlotCursor.PageSize + 1, withVectors, cancellationToken).ConfigureAwait(false);
        return page.Count > SlotCursor.PageSize ? null : page;
    }
}
