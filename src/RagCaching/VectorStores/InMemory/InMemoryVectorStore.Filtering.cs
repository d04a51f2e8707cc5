namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(_disposed, this);

        var now = _clock.Now;
        var removed = 0L;
        foreach (var entry in All(filter.Partition))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<long>(cancellationToken);
            }

            if (entry.Matches(filter) && Remove(entry) && entry.Deadline > now)
            {
                removed++;
            }
        }

        return new(removed);
    }

    /// <summary>Removes the entries that a filter selects, except some.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="keep">Tells by partition and id which of them stay.</param>
    /// <returns>The number of removed entries that were valid.</returns>
    internal long RemoveWhere(VectorFilter filter, Func<string, string, bool> keep)
    {
        var now = _clock.Now;
        var removed = 0L;
        foreach (var entry in All(filter.Partition))
        {
            if (entry.Matches(filter) && !keep(entry.Partition.Name, entry.Id) && Remove(entry) && entry.Deadline > now)
            {
                removed++;
            }
        }

        return removed;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(_disposed, this);

        var now = _clock.Now;
        var count = 0L;
        foreach (var entry in All(filter.Partition))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<long>(cancellationToken);
            }

            if (entry.Deadline > now && entry.Matches(filter))
            {
                count++;
            }
        }

        return new(count);
    }
}
