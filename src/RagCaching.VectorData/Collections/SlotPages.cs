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
            var page = await TryReadAsync(shelf, filter, cursor, withVectors, cancellationToken).ConfigureAwait(false);
            foreach (var record in page ?? [])
            {
                yield return record;
            }

            Advance(ref cursor, page?.Count, shelf);
        }
    }

    /// <summary>Reads the records of a range.</summary>
    /// <returns>The records; <see langword="null"/> if they are more than a page.</returns>
    public static async Task<List<Record>?> TryReadAsync(Shelf shelf, RecordFilter filter, SlotCursor cursor, bool withVectors, CancellationToken cancellationToken)
    {
        var page = await shelf.FindAsync(filter.Between(cursor.From, cursor.To), SlotCursor.PageSize + 1, withVectors, cancellationToken).ConfigureAwait(false);
        return page.Count > SlotCursor.PageSize ? null : page;
    }

    /// <summary>Goes on to the next range, or to a smaller one.</summary>
    /// <param name="cursor">The range.</param>
    /// <param name="count">The number of records in it; <see langword="null"/> if they are more than a page.</param>
    /// <param name="shelf">The collection.</param>
    /// <exception cref="VectorStoreCapabilityException">There is no smaller range.</exception>
    public static void Advance(ref SlotCursor cursor, int? count, Shelf shelf)
    {
        if (count is { } records)
        {
            cursor.Advance(records);
        }
        else if (!cursor.TryHalve())
        {
            throw new VectorStoreCapabilityException($"The vector database of the collection '{shelf.CollectionName}' returns records that a filter by number does not select.") { CollectionName = shelf.CollectionName };
        }
    }
}
