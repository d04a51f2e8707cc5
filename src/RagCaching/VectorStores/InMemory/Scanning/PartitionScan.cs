using System.Runtime.CompilerServices;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>Offers the entries of segments that reach the floor of a search, looking at as little as possible of the others.</summary>
/// <remarks>
/// What is ruled out is ruled out by a bound that no similarity exceeds; what is not is compared in full by the one kernel that defines
/// similarity. Expiry, removal and everything else about an entry is looked at only after that, so it costs a miss nothing.
/// The loops, here and in what is called from here, are compiled with all optimisations at once: the runtime
/// would begin with code that takes ten times as long, and replace the last of it only after more than a hundred searches. The store's first training searches once, so that nobody waits for the
/// compilation either.
/// </remarks>
internal readonly ref partial struct PartitionScan
{
    private readonly SearchWorkspace _workspace;
    private readonly PreparedQuery _query;
    private readonly ScanPlanner _planner;
    private readonly long _now;

    /// <summary>Starts a scan.</summary>
    /// <param name="workspace">The memory to use.</param>
    /// <param name="query">The query.</param>
    /// <param name="now">The timestamp at which entries must be valid.</param>
    /// <param name="planner">What earlier scans of the partition found out.</param>
    public PartitionScan(SearchWorkspace workspace, PreparedQuery query, long now, ScanPlanner planner)
    {
        _workspace = workspace;
        _query = query;
        _now = now;
        _planner = planner;
    }

    /// <summary>Offers what a segment has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scan(Segment segment, scoped ref NearestMatches matches)
    {
        _workspace.Counts.Rows += segment.Filled;
        var plan = float.IsNegativeInfinity(matches.Floor) ? ScanPlan.Rows : _planner.ChooseFor(segment, matches.Floor);
        switch (plan)
        {
            case ScanPlan.Rows:
                ScanRows(segment, ref matches);
                break;
            case ScanPlan.ScalarCodes:
                ScanScalarCodes(segment, ref matches);
                break;
            default:
                ScanSketches(segment, plan, ref matches);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanRows(Segment segment, scoped ref NearestMatches matches)
    {
        var filled = segment.Filled;
        for (var slot = 0; slot < filled; slot++)
        {
            Score(segment, slot, ref matches);
        }

        _workspace.Counts.Scored += filled;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanScalarCodes(Segment segment, scoped ref NearestMatches matches)
    {
        _query.Scalar.Prepare(_query.Unit);
        int version, count;
        do
        {
            version = BeginReading(segment);
            count = segment.Codes.Scalar!.Filter(_query.Scalar, segment.Filled, matches.Floor, _workspace.Slots);
        }
        while (!HasReadWell(segment, version));

        foreach (var slot in _workspace.Slots.AsSpan(0, count))
        {
            Score(segment, slot, ref matches);
        }

        _workspace.Counts.Scored += count;
    }

    private void Score(Segment segment, int slot, scoped ref NearestMatches matches)
    {
        var entry = segment.Score(slot, _query.Unit, out var similarity);
        if (entry is not null && similarity >= matches.Floor && entry.Deadline > _now)
        {
            matches.Offer(entry, similarity);
        }
    }

    private static int BeginReading(Segment segment)
    {
        var spinner = default(SpinWait);
        int version;
        while (((version = segment.Replacements) & 1) != 0)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        return version;
    }

    private static bool HasReadWell(Segment segment, int version)
    {
        Volatile.ReadBarrier();
        return segment.Replacements == version;
    }
}
