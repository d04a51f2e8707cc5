using RagCaching.VectorStores;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching;

public sealed partial class InMemoryVectorStore : IEntryListing
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>Reading does not count as use: what nobody asks for is evicted as it would have been.</remarks>
    public IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ObjectDisposedException.ThrowIf(_disposed, this);

        return ReadAll(filter, cancellationToken).ToAsyncEnumerable();
    }

    // Looks at every entry and hands out those of the page: neither vectors nor answers of the others are touched.
    IReadOnlyList<VectorEntry> IEntryListing.ReadNewest(ListingQuery query, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var now = _clock.Now;
        var newest = new NewestEntries<StoredEntry>(query);
        foreach (var entry in All(query.Filter.Partition))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Deadline > now && entry.Matches(query.Filter))
            {
                newest.Add(entry, new ListedPlace(entry.CreatedAt, entry.Partition.Name, entry.Id), entry.IsPermanent);
            }
        }

        return [.. newest.Take().Select(static entry => entry.ToEntry(vector: default, withPayload: true))];
    }

    private IEnumerable<VectorEntry> ReadAll(VectorFilter filter, CancellationToken cancellationToken)
    {
        foreach (var entry in All(filter.Partition))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Deadline > _clock.Now && entry.Matches(filter) && Whole(entry) is { } whole)
            {
                yield return whole;
            }
        }
    }

    // In its place there may be a newer version, which is then found.
    private VectorEntry? Whole(StoredEntry listed)
    {
        var spinner = default(SpinWait);
        for (var entry = listed; entry is not null && entry.Deadline > _clock.Now; entry = Find(listed.Partition.Name, listed.Id))
        {
            if (entry.TryCopyVector(out var vector))
            {
                return entry.ToEntry(vector, withPayload: true);
            }

            // A writer is just replacing or moving the entry's row.
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        return null;
    }
}
