using RagCaching.Diagnostics;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <summary>From this many bytes on that a search has to read it is worth asking for helpers: one thread takes about 0.3 ms for them.</summary>
    private const float ManyBytes = 4 << 20;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <remarks>
    /// A search that is expected to take long is shared with idle threads of the pool; see <see cref="InMemoryVectorStoreOptions.MaxSearchParallelism"/>.
    /// The result is the same.
    /// </remarks>
    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var norm = NormOfValid(query, nameof(query));
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Search(query, norm, nameof(query), cancellationToken) is { } result
            ? new(result)
            : ValueTask.FromCanceled<IReadOnlyList<VectorMatch>>(cancellationToken);
    }

    /// <returns>The norm of the query's vector.</returns>
    private static double NormOfValid(VectorQuery query, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(query.Partition, parameter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, parameter);
        ThrowIfNotACosine(query.MinimumSimilarity, parameter);
        return UnitVector.NormOf(query.Vector.Span, parameter);
    }

    // The cosine of opposite vectors may round to just below -1, and -1 means no limit.
    private static NearestMatches Nothing(VectorQuery query) =>
        new(query.Limit, query.MinimumSimilarity <= -1 ? float.NegativeInfinity : query.MinimumSimilarity);

    /// <returns>The matches, or <see langword="null"/> if the search was cancelled.</returns>
    private VectorMatch[]? Search(VectorQuery query, double norm, string parameter, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        if (_partitions.GetValueOrDefault(query.Partition) is not { } partition)
        {
            return [];
        }

        var workspace = SearchWorkspace.Current;
        try
        {
            return SearchIn(partition, query, norm, parameter, workspace, cancellationToken);
        }
        finally
        {
            Count(workspace.Clear());
        }
    }

    /// <returns>As <see cref="Search"/>; the caller clears the workspace.</returns>
    private VectorMatch[]? SearchIn(
        PartitionIndex partition, VectorQuery query, double norm, string parameter, SearchWorkspace workspace, CancellationToken cancellationToken)
    {
        var nearest = Nothing(query);
        try
        {
            workspace.Query.Take(query.Vector.Span, norm);
            VectorMatch[]? matches;
            do
            {
                nearest.Clear();
                if (!TryScan(partition, query, parameter, workspace, ref nearest, cancellationToken))
                {
                    return null;
                }
            }
            while ((matches = TryCollect(partition, query, nearest.Sort())) is null);
            return matches;
        }
        finally
        {
            nearest.Dispose();
        }
    }

    private bool TryScan(
        PartitionIndex partition, VectorQuery query, string parameter, SearchWorkspace workspace, ref NearestMatches nearest, CancellationToken cancellationToken)
    {
        var segments = partition.Segments;
        if (segments.Length == 0)
        {
            return true;
        }

        ThrowIfOtherDimensions(query, segments[0], parameter);
        var now = _clock.Now;
        var scan = new PartitionScan(workspace, workspace.Query, now, partition.Planner);
        if (HelpersFor(partition, segments, nearest.Floor) is > 0 and var helpers)
        {
            var shared = workspace.Shared is { IsFree: true } free ? free : workspace.Shared = new ParallelScan();
            shared.Begin(segments, workspace.Query, nearest, now, partition.Planner, helpers, _count, cancellationToken);
            shared.Ask();
            try
            {
                shared.Run(scan, ref nearest);
            }
            finally
            {
                shared.Close();
            }

            shared.Collect(ref nearest);
        }
        else
        {
            for (var i = 0; i < segments.Length && !cancellationToken.IsCancellationRequested; i++)
            {
                SegmentPrefetch.Step(segments, i);
                scan.Scan(segments[i], ref nearest);
            }
        }

        WantScalarCodes(partition);
        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>Decides how many threads of the pool to ask for help with a search.</summary>
    private int HelpersFor(PartitionIndex partition, Segment[] segments, float floor)
    {
        var most = Math.Min(_maxSearchParallelism, segments.Length);
        if (most == 1 || partition.RowCount * partition.Planner.BytesPerVector(segments[0], floor) is var bytes && bytes < ManyBytes)
        {
            return 0;
        }

        // While other work waits for the pool, helpers would only come too late and then be in its way.
        return ThreadPool.PendingWorkItemCount > 0 ? 0 : (int)Math.Min(most, 2 * bytes / ManyBytes) - 1;
    }

    private void WantScalarCodes(PartitionIndex partition)
    {
        if (partition.Planner.WantsScalarCodes)
        {
            _encodings.EncodeScalar(partition);
        }
    }

    private static void ThrowIfOtherDimensions(VectorQuery query, Segment segment, string parameter)
    {
        // All segments of a partition have the same number of dimensions.
        if (segment.Dimensions != query.Vector.Length)
        {
            throw new ArgumentException(
                $"The vector has {query.Vector.Length} dimensions, but the partition's vectors have {segment.Dimensions}.", parameter);
        }
    }

    /// <returns>The matches, or <see langword="null"/> if the vector of one was replaced after it had been compared.</returns>
    private static VectorMatch[]? TryCollect(PartitionIndex partition, VectorQuery query, ReadOnlySpan<(float Similarity, StoredEntry Entry)> nearest)
    {
        if (nearest.IsEmpty)
        {
            return [];
        }

        var matches = new VectorMatch[nearest.Length];
        var count = 0;
        foreach (var (similarity, entry) in nearest)
        {
            // What was removed during the scan is not served: a miss is better than an answer that somebody has just taken back.
            if (!partition.IsCurrent(entry))
            {
                continue;
            }

            ReadOnlyMemory<float> vector = default;
            if (query.IncludeVector && !entry.TryCopyVector(out vector))
            {
                return null;
            }

            entry.MarkUsed();
            matches[count++] = new VectorMatch(entry.ToEntry(vector, query.IncludePayload), similarity);
        }

        return count == matches.Length ? matches : matches[..count];
    }

    private void Count(SearchCounts counts)
    {
        if (_telemetry.CountsSearchedVectors)
        {
            _telemetry.Searched(TelemetryNames.SearchStages.All, counts.Rows);
            _telemetry.Searched(TelemetryNames.SearchStages.FirstStripe, counts.FirstStripe);
            _telemetry.Searched(TelemetryNames.SearchStages.Stripes, counts.Stripes);
            _telemetry.Searched(TelemetryNames.SearchStages.Compared, counts.Scored);
        }
    }

    private static void ThrowIfNotACosine(float similarity, string parameter)
    {
        // Written so that NaN is refused.
        if (!(similarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(parameter, similarity, "MinimumSimilarity is a cosine and must be in [-1, 1].");
        }
    }
}
