using RagCaching.VectorData.Records;
using RagCaching.VectorData.Searching;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching;

/// <content>Searches.</content>
public sealed partial class VectorDataStore
{
    /// <inheritdoc/>
    /// <exception cref="VectorStoreCapabilityException">The database returned entries of another partition, or its index does not find those of a large one.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>
    /// One search in the database, for several candidates with their vectors. It is repeated with more candidates while the last one is as near as the last match; a search that returns fewer than it was
    /// asked for is followed by a look whether the filter alone selects more.
    /// </remarks>
    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentException.ThrowIfNullOrEmpty(query.Partition, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        if (!(query.MinimumSimilarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.MinimumSimilarity, "The minimum similarity must be a cosine, from -1 to 1.");
        }

        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        // What is the caller's is copied here, before the first wait.
        return SearchCoreAsync(query, new Ranking(query, UnitVector.NormOf(query.Vector.Span, nameof(query))), cancellationToken);
    }

    private async ValueTask<IReadOnlyList<VectorMatch>> SearchCoreAsync(VectorQuery query, Ranking ranking, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var shelves = await _shelves.OfAsync(EntryNames.OfPartition(query.Partition), isComplete: false, cancellationToken).ConfigureAwait(false);
        if (shelves.Find(shelf => shelf.Name.Dimensions == query.Vector.Length) is { } home)
        {
            await _search.SearchAsync(home, query, ranking, now, cancellationToken).ConfigureAwait(false);
        }

        var matches = ranking.Best();
        if (matches.Count == 0)
        {
            await ThrowIfOtherDimensionsAsync(shelves, query.Vector.Length, query.Partition, id: null, now, nameof(query), cancellationToken).ConfigureAwait(false);
        }

        return matches;
    }
}
