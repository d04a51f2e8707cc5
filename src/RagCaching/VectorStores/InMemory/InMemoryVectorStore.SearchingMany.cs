using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <summary>So many queries pass over a segment together: their weights stay in the nearest caches, and so do the segment's first codes.</summary>
    private const int QueriesAtOnce = 32;

    /// <summary>
    /// Gets from how many rows on a partition is searched for many queries together. The first codes of fewer stay in the nearest caches from one search to the next, and so
    /// does what one query needs, so that there is nothing to save.
    /// </summary>
    internal int RowsToSearchTogether { get; init; } = 65_536;

    /// <summary>Finds the most similar entries for many queries, in less time than separate searches take.</summary>
    /// <param name="queries">The queries, in any partitions.</param>
    /// <param name="cancellationToken">Cancels the work between two segments.</param>
    /// <returns>The results that <see cref="SearchAsync"/> would return for each query, in the order of the queries.</returns>
    /// <exception cref="ArgumentException">A query is <see langword="null"/>, or <see cref="SearchAsync"/> would refuse it. Nothing is searched in that case,
    /// unless the reason is a different number of dimensions in a partition.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>
    /// Use this method for warming up, importing and removing duplicates. All queries of a large partition pass over one part of it before the next part is read from memory. Small
    /// partitions are searched for one query after the other. The work runs on the calling thread and uses up to half a megabyte of working memory. Entries that are added or removed
    /// during the call may be found by some queries and not by others.
    /// </remarks>
    public ValueTask<IReadOnlyList<IReadOnlyList<VectorMatch>>> SearchManyAsync(
        IReadOnlyList<VectorQuery> queries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var searches = new BatchSearch[queries.Count];
        for (var i = 0; i < searches.Length; i++)
        {
            var query = queries[i] ?? throw new ArgumentException($"Query {i} is null.", nameof(queries));
            searches[i] = new BatchSearch(query, NormOfValid(query, nameof(queries)), i);
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        var results = new IReadOnlyList<VectorMatch>[searches.Length];
        var prepared = new List<PreparedQuery>();
        foreach (var ofPartition in searches.GroupBy(static search => search.Query.Partition))
        {
            foreach (var some in ofPartition.Chunk(QueriesAtOnce))
            {
                if (cancellationToken.IsCancellationRequested || !TrySearch(ofPartition.Key, some, prepared, results, cancellationToken))
                {
                    return ValueTask.FromCanceled<IReadOnlyList<IReadOnlyList<VectorMatch>>>(cancellationToken);
                }
            }
        }

        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<IReadOnlyList<VectorMatch>>>(cancellationToken)
            : new(results);
    }

    private bool TrySearch(
        string partitionName, BatchSearch[] searches, List<PreparedQuery> prepared, IReadOnlyList<VectorMatch>[] results, CancellationToken cancellationToken)
    {
        if (_partitions.GetValueOrDefault(partitionName) is not { } partition || partition.RowCount < RowsToSearchTogether)
        {
            return TrySearchOneByOne(searches, results, cancellationToken);
        }

        try
        {
            if (!TryScan(partition, searches, prepared, cancellationToken))
            {
                return false;
            }

            foreach (var search in searches)
            {
                // Where the vector of a match was replaced after it had been compared, the query is asked again by itself.
                if ((TryCollect(partition, search.Query, search.Nearest.Sort()) ?? Search(search.Query, search.Norm, "queries", cancellationToken)) is not { } matches)
                {
                    return false;
                }

                results[search.Place] = matches;
            }

            return true;
        }
        finally
        {
            foreach (var search in searches)
            {
                search.Nearest.Dispose();
            }
        }
    }

    private bool TrySearchOneByOne(BatchSearch[] searches, IReadOnlyList<VectorMatch>[] results, CancellationToken cancellationToken)
    {
        foreach (var search in searches)
        {
            if (Search(search.Query, search.Norm, "queries", cancellationToken) is not { } matches)
            {
                return false;
            }

            results[search.Place] = matches;
        }

        return true;
    }

    private bool TryScan(PartitionIndex partition, BatchSearch[] searches, List<PreparedQuery> prepared, CancellationToken cancellationToken)
    {
        var workspace = SearchWorkspace.Current;
        var (segments, now) = (partition.Segments, _clock.Now);
        try
        {
            for (var i = 0; i < searches.Length; i++)
            {
                if (i == prepared.Count)
                {
                    prepared.Add(new PreparedQuery());
                }

                prepared[i].Take(searches[i].Query.Vector.Span, searches[i].Norm);
            }

            for (var place = 0; place < segments.Length; place++)
            {
                var segment = segments[place];
                SegmentPrefetch.Step(segments, place);
                for (var i = 0; i < searches.Length; i++)
                {
                    if (cancellationToken.IsCancellationRequested)
                    {
                        return false;
                    }

                    ThrowIfOtherDimensions(searches[i].Query, segment, "queries");
                    new PartitionScan(workspace, prepared[i], now, partition.Planner).Scan(segment, ref searches[i].Nearest);
                }
            }

            WantScalarCodes(partition);
            return true;
        }
        finally
        {
            foreach (var query in prepared)
            {
                query.Clear();
            }

            Count(workspace.Clear());
        }
    }

    /// <summary>One query of many.</summary>
    private sealed class BatchSearch(VectorQuery query, double norm, int place)
    {
        /// <summary>What was found so far.</summary>
        public NearestMatches Nearest = Nothing(query);

        public VectorQuery Query => query;

        /// <summary>Gets the norm of the query's vector.</summary>
        public double Norm => norm;

        /// <summary>Gets the place of the query among all.</summary>
        public int Place => place;
    }
}
