using System.Runtime.CompilerServices;
using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Filters;
using RagCaching.VectorData.Records;

namespace RagCaching;

/// <content>What a filter selects.</content>
public sealed partial class VectorDataStore
{
    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>
    /// Asks the database which collections there are, reads what is removed in pages of at most 256 entries and deletes each page at once. Entries that have expired, and those that cannot be read and whose
    /// fields the filter selects, are deleted as well, and not counted.
    /// </remarks>
    public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        return RemoveWhereCoreAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>Vector databases have no common way to count, so this reads all that it counts, without vectors and in pages of at most 256 entries.</remarks>
    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        return CountCoreAsync(filter, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>In pages of at most 256 entries.</remarks>
    public IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        return ReadAsync(filter, withVectors: true, cancellationToken);
    }

    private ValueTask<List<Shelf>> ShelvesOfAsync(VectorFilter filter, CancellationToken cancellationToken) =>
        _shelves.OfAsync(filter.Partition is { } partition ? EntryNames.OfPartition(partition) : null, isComplete: true, cancellationToken);

    private async ValueTask<long> RemoveWhereCoreAsync(VectorFilter filter, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var removed = 0L;
        foreach (var shelf in await ShelvesOfAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            await _changes.RunAsync(
                shelf,
                RecordFilters.Of(filter, _schema.FilterLabels),
                async (page, token) =>
                {
                    var (keys, live) = Select(page, filter, now);
                    await shelf.DeleteAsync(keys, token).ConfigureAwait(false);
                    removed += live;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    private async ValueTask<long> CountCoreAsync(VectorFilter filter, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var _ in ReadAsync(filter, withVectors: false, cancellationToken).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    private async IAsyncEnumerable<VectorEntry> ReadAsync(VectorFilter filter, bool withVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        foreach (var shelf in await ShelvesOfAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            var live = RecordFilters.Of(filter, _schema.FilterLabels).Live(now);
            await foreach (var record in SlotPages.ReadAsync(shelf, live, withVectors, cancellationToken).ConfigureAwait(false))
            {
                if (_reader.TryRead(record, withVectors ? shelf.Name.StoredDimensions : null) is { } stored && stored.IsLive(now) && stored.Matches(filter))
                {
                    yield return stored.Entry;
                }
            }
        }
    }

    private (List<object> Keys, int Live) Select(List<Record> page, VectorFilter filter, DateTimeOffset now)
    {
        var keys = new List<object>(page.Count);
        var live = 0;
        foreach (var record in page)
        {
            // What cannot be read is counted as a failure by the reader. It is removed all the same: who asks to be forgotten means that, too.
            var stored = _reader.TryRead(record, null);
            if ((stored?.Matches(filter) ?? filter.MaySelect(record, _schema.FilterLabels)) && record.GetValueOrDefault(RecordFields.Key) is { } key)
            {
                keys.Add(key);
                live += stored?.IsLive(now) == true ? 1 : 0;
            }
        }

        return (keys, live);
    }
}
