using RagCaching.Internal.Limits;
using RagCaching.VectorData.Filters;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Changes all records that a filter selects, a page at a time.</summary>
/// <remarks>
/// A database may take long over a filter, so a page is found without any lock. Only what was found is locked then, and read again by its keys, which is fast: no other writer waits for a search. Who
/// changes the records has to look at them again, for they may have been replaced in between.
/// </remarks>
/// <param name="locks">Keeps this process's other writers away from a page.</param>
/// <param name="time">The clock of the limit.</param>
/// <param name="limit">The time that a page may take; <see langword="null"/> for as long as the caller waits.</param>
internal sealed class PageChanges(SlotLocks locks, TimeProvider time, TimeSpan? limit = null)
{
    /// <summary>Changes the records.</summary>
    /// <param name="shelf">The collection.</param>
    /// <param name="filter">Selects the records.</param>
    /// <param name="change">Changes the records of a page that are still there, without their vectors.</param>
    /// <param name="cancellationToken">Cancels what is not done yet.</param>
    /// <exception cref="TimeoutException">A page took longer than the limit.</exception>
    public async Task RunAsync(Shelf shelf, RecordFilter filter, Func<List<Record>, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        for (var cursor = new SlotCursor(); !cursor.IsAtEnd;)
        {
            var step = (Changes: this, shelf, filter, cursor, change);
            var count = limit is { } duration
                ? await TimeLimit.RunAsync(static (step, token) => step.Changes.ChangeAsync(step.shelf, step.filter, step.cursor, step.change, token), step, duration, time, cancellationToken).ConfigureAwait(false)
                : await ChangeAsync(shelf, filter, cursor, change, cancellationToken).ConfigureAwait(false);
            SlotPages.Advance(ref cursor, count, shelf);
        }
    }

    private static long? SlotOf(Record record) => record.GetValueOrDefault(RecordFields.Slot) is long and >= 0 and < EntryNames.Slots and var slot ? slot : null;

    /// <returns>The number of records in the range; <see langword="null"/> if they are more than a page.</returns>
    private async ValueTask<int?> ChangeAsync(Shelf shelf, RecordFilter filter, SlotCursor cursor, Func<List<Record>, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        var page = await SlotPages.TryReadAsync(shelf, filter, cursor, withVectors: false, cancellationToken).ConfigureAwait(false);
        if (page is { Count: > 0 })
        {
            using var holder = await locks.EnterAsync(page.Select(SlotOf), cancellationToken).ConfigureAwait(false);
            var current = await shelf.GetAsync([.. page.Select(static record => record.GetValueOrDefault(RecordFields.Key)).OfType<object>()], cancellationToken).ConfigureAwait(false);
            await change(current, cancellationToken).ConfigureAwait(false);
        }

        return page?.Count;
    }
}
