using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <content>Rules out by the sketches.</content>
internal readonly ref partial struct PartitionScan
{
    /// <summary>So many outliers are compared in full before the query is prepared for stage 4.</summary>
    private const int FewOutliers = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanSketches(Segment segment, ScanPlan plan, scoped ref NearestMatches matches)
    {
        var sketches = segment.Codes.Sketches!;
        _query.Sketch.Begin(sketches.Encoding);
        int version, filled, count;
        do
        {
            version = BeginReading(segment);
            filled = segment.Filled;
            var survivors = ThroughStripes(sketches, filled, plan, matches.Floor);
            count = ThroughRows(sketches, survivors, filled, matches.Floor);
            count = WithOutliers(sketches, count, filled, matches.Floor);
        }
        while (!HasReadWell(segment, version));

        _planner.SketchesLeft(segment, matches.Floor, _workspace.Counts.LastRows, count);
        ScoreBestFirst(segment, count, ref matches);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private GroupSurvivors ThroughStripes(SegmentSketches sketches, int filled, ScanPlan plan, float floor)
    {
        var groups = (filled + StripeKernel.GroupSize - 1) / StripeKernel.GroupSize;
        var weights = _query.Sketch.Stripes;
        var (survivors, others) = (_workspace.Survivors, _workspace.OtherSurvivors);
        if (plan == ScanPlan.AllStripes)
        {
            StripeScan.All(sketches, groups, weights, LimitOf(sketches, SketchLayout.Stripes - 1, floor), survivors);
            return survivors;
        }

        if (plan == ScanPlan.TwoStripes)
        {
            StripeScan.FirstTwo(sketches, groups, weights, LimitOf(sketches, 1, floor), others);
        }
        else if (!TryThroughFirstTwo(sketches, groups, floor))
        {
            _planner.SecondStripeLeft(floor, survivors.Count, groups);
            return survivors;
        }

        _planner.SecondStripeLeft(floor, others.Count, groups);
        if (others.Count == 0 || !_query.Sketch.IsWorthPreparing(SketchLayout.Stripes - 1, others.Count))
        {
            return others;
        }

        StripeScan.Third(sketches, weights, LimitOf(sketches, 2, floor), others, survivors);
        return survivors;
    }

    /// <returns>Whether the second stripe has been read; if not, what the first has left is all that is left, or so little that reading on is not worth it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryThroughFirstTwo(SegmentSketches sketches, int groups, float floor)
    {
        var (survivors, others) = (_workspace.Survivors, _workspace.OtherSurvivors);
        StripeScan.First(sketches, groups, _query.Sketch.Stripes, LimitOf(sketches, 0, floor), survivors);
        _planner.FirstStripeLeft(floor, survivors.Count, groups);
        _workspace.Counts.FirstStripe += survivors.Count * StripeKernel.GroupSize;
        if (survivors.Count == 0 || !_query.Sketch.IsWorthPreparing(1, survivors.Count))
        {
            return false;
        }

        StripeScan.Second(sketches, _query.Sketch.Stripes, LimitOf(sketches, 1, floor), survivors, others);
        return true;
    }

    /// <summary>Prepares a stripe.</summary>
    /// <returns>The lowest sum of products with which a vector can still reach the floor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int LimitOf(SegmentSketches sketches, int stage, float floor)
    {
        _query.Sketch.PrepareStripe(stage, _query.Unit);
        ref readonly var bound = ref _query.Sketch[stage];
        return bound.LimitFor(floor, bound.OffsetFor(sketches.SpreadAt(stage), sketches.ErrorAt(stage)));
    }

    /// <summary>Takes what the stripes left through stage 4, and notes for each what similarity it cannot exceed.</summary>
    /// <returns>How many are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ThroughRows(SegmentSketches sketches, GroupSurvivors survivors, int filled, float floor)
    {
        var slots = _workspace.Slots;
        var rows = 0;
        for (var i = 0; i < survivors.Count; i++)
        {
            var first = survivors.GroupAt(i) * StripeKernel.GroupSize;
            for (var mask = survivors.MaskAt(i); mask != 0; mask &= mask - 1)
            {
                slots[rows] = first + BitOperations.TrailingZeroCount(mask);
                rows += slots[rows] < filled ? 1 : 0;
            }
        }

        _workspace.Counts.LastRows = rows;
        _workspace.Counts.Stripes += rows;
        if (sketches.Encoding.Layout.RowBytes == 0 || !_query.Sketch.IsWorthPreparing(SketchLayout.RowStage, rows))
        {
            _workspace.Bounds.AsSpan(0, rows).Fill(float.PositiveInfinity);
            return rows;
        }

        return ThroughRows(sketches, rows, floor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ThroughRows(SegmentSketches sketches, int rows, float floor)
    {
        const int Stage = SketchLayout.Stages - 1;
        const int Ahead = 6;
        var query = _query.Sketch;
        query.PrepareRow(_query.Unit);
        ref readonly var bound = ref query[Stage];
        var offset = bound.OffsetFor(sketches.SpreadAt(Stage), sketches.ErrorAt(Stage));
        var limit = bound.LimitFor(floor, offset);
        var bytes = sketches.Encoding.Layout.RowBytes;
        ref var weights = ref MemoryMarshal.GetReference(query.Row);
        var (slots, bounds) = (_workspace.Slots, _workspace.Bounds);
        var left = 0;
        for (var i = 0; i < rows; i++)
        {
            if (i + Ahead < rows)
            {
                Prefetch.Lines(ref sketches.Row(slots[i + Ahead]), bytes);
            }

            var slot = slots[i];
            var sum = CodeKernel.Dot(ref sketches.Row(slot), ref weights, bytes);
            slots[left] = slot;
            bounds[left] = bound.Upper(sum, offset);
            left += sum >= limit ? 1 : 0;
        }

        return left;
    }

    /// <summary>Replaces what the maxima said about outliers, which they do not hold for, by those whose own errors let them reach the floor.</summary>
    /// <returns>How many slots are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WithOutliers(SegmentSketches sketches, int count, int filled, float floor)
    {
        var outliers = sketches.Outliers.Items;
        if (outliers.IsEmpty)
        {
            return count;
        }

        var (slots, bounds) = (_workspace.Slots, _workspace.Bounds);
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            (slots[left], bounds[left]) = (slots[i], bounds[i]);
            left += sketches.Outliers.Contains(slots[i]) ? 0 : 1;
        }

        var ordinary = left;
        foreach (ref readonly var outlier in outliers)
        {
            if (outlier.Slot < filled && sketches.Outliers.Contains(outlier.Slot))
            {
                slots[left] = outlier.Slot;
                bounds[left] = UpperOf(sketches, outlier, floor, withRow: left - ordinary >= FewOutliers);
                left += bounds[left] >= floor ? 1 : 0;
            }
        }

        return left;
    }

    /// <summary>Computes the similarity that an outlier cannot exceed, or one below the floor as soon as a stage has got there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float UpperOf(SegmentSketches sketches, in CodeOutlier outlier, float floor, bool withRow)
    {
        var query = _query.Sketch;
        var upper = float.PositiveInfinity;
        for (var stage = 0; stage < query.PreparedStripes && upper >= floor; stage++)
        {
            upper = Math.Min(upper, query.UpperOf(sketches, outlier, stage));
        }

        if (upper >= floor && sketches.Encoding.Layout.RowBytes > 0 && (withRow || query.HasRow))
        {
            query.PrepareRow(_query.Unit);
            upper = Math.Min(upper, query.UpperOf(sketches, outlier, SketchLayout.Stages - 1));
        }

        return upper;
    }

    /// <summary>Scores the most promising slot first, since a good match raises the floor for all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreBestFirst(Segment segment, int count, scoped ref NearestMatches matches)
    {
        var slots = _workspace.Slots.AsSpan(0, count);
        var bounds = _workspace.Bounds.AsSpan(0, count);
        if (count > 1)
        {
            var best = 0;
            for (var i = 1; i < count; i++)
            {
                best = bounds[i] > bounds[best] ? i : best;
            }

            (slots[0], slots[best]) = (slots[best], slots[0]);
            (bounds[0], bounds[best]) = (bounds[best], bounds[0]);
        }

        for (var i = 0; i < count; i++)
        {
            if (bounds[i] >= matches.Floor)
            {
                Score(segment, slots[i], ref matches);
                _workspace.Counts.Scored++;
            }
        }
    }
}
