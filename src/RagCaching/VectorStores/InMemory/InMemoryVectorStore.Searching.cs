using RagCaching.Diagnostics;
using RagCaching.VectorStores;

namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentException.ThrowIfNullOrEmpty(query.Partition, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        ThrowIfNotACosine(query.MinimumSimilarity, nameof(query));
        ObjectDisposedException.ThrowIf(_disposed, this);
        var length = UnitVector.LengthOf(query.Vector.Span, nameof(query));
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<VectorMatch>>(cancellationToken);
        }

        if (_partitions.GetValueOrDefault(query.Partition) is not { } partition)
        {
            return new([]);
        }

        var workspace = SearchWorkspace.Current;
        try
        {
            var unit = workspace.UnitRow(query.Vector.Span, length);
            return Search(partition, query, unit, workspace, cancellationToken) is { } result
                ? new(result)
                : ValueTask.FromCanceled<IReadOnlyList<VectorMatch>>(cancellationToken);
        }
        finally
        {
            Count(workspace.Counts);
            workspace.Clear();
        }
    }

    /// <returns>The matches, or <see langword="null"/> if the search was cancelled.</returns>
    private VectorMatch[]? Search(
        PartitionIndex partition, VectorQuery query, ReadOnlySpan<float> unit, SearchWorkspace workspace, CancellationToken cancellationToken)
    {
        // The cosine of opposite vectors may round to just below -1, and -1 means no limit.
        var minimum = query.MinimumSimilarity <= -1 ? float.NegativeInfinity : query.MinimumSimilarity;
        var nearest = new NearestMatches(query.Limit, minimum);
        try
        {
            VectorMatch[]? matches;
            do
            {
                nearest.Clear();
                if (!TryScan(partition, query, unit, workspace, ref nearest, cancellationToken))
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
        PartitionIndex partition,
        VectorQuery query,
        ReadOnlySpan<float> unit,
        SearchWorkspace workspace,
        ref NearestMatches nearest,
        CancellationToken cancellationToken)
    {
        var scan = new PartitionScan(workspace, unit, _clock.Now, partition.Course);
        foreach (var segment in partition.Segments)
        {
            if (segment.Dimensions != query.Vector.Length)
            {
                throw new ArgumentException(
                    $"The vector has {query.Vector.Length} dimensions, but the partition's vectors have {segment.Dimensions}.", nameof(query));
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            scan.Scan(segment, ref nearest);
        }

        if (partition.Course.WantsFullCodes)
        {
            _heads.EncodeFull(partition);
        }

        return true;
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

    private void Count(in SearchCounts counts)
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
