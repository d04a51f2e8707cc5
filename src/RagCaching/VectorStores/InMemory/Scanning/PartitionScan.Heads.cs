using System.Numerics;
using System.Runtime.InteropServices;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <content>Rules out by the heads.</content>
internal readonly ref partial struct PartitionScan
{
    /// <summary>So many rows are compared in full in the time that it takes to prepare the query for stage 4.</summary>
    private const int FewRows = 8;

    private void ScanHeads(Segment segment, ScanWay way, scoped ref NearestMatches matches)
    {
        var heads = segment.Codes.Heads!;
        _query.Heads.Begin(heads.Encoding);
        int version, filled, count;
        do
        {
            version = BeginReading(segment);
            filled = segment.Filled;
            var survivors = ThroughStripes(heads, filled, way, matches.Floor);
            count = ThroughRows(heads, survivors, filled, matches.Floor);
            count = WithExceptions(heads, count, filled, matches.Floor);
        }
        while (!HasReadWell(segment, version));

        _course.HeadsLeft(segment, matches.Floor, _workspace.Counts.LastRows, count);
        ScoreBestFirst(segment, count, ref matches);
    }

    private GroupSurvivors ThroughStripes(SegmentHeads heads, int filled, ScanWay way, float floor)
    {
        var groups = (filled + StripeKernel.GroupSize - 1) / StripeKernel.GroupSize;
        var query = _query.Heads;
        var (survivors, others) = (_workspace.Survivors, _workspace.OtherSurvivors);
        if (way == ScanWay.AllStripes)
        {
            StripeScan.All(heads, groups, query, LimitOf(heads, HeadLayout.Stripes - 1, floor), survivors);
            return survivors;
        }

        if (way == ScanWay.TwoStripes)
        {
            StripeScan.FirstTwo(heads, groups, query, LimitOf(heads, 1, floor), others);
        }
        else
        {
            ThroughFirstTwo(heads, groups, floor);
        }

        _course.SecondStripeLeft(floor, others.Count, groups);
        if (others.Count == 0)
        {
            return others;
        }

        StripeScan.Third(heads, query, LimitOf(heads, 2, floor), others, survivors);
        return survivors;
    }

    private void ThroughFirstTwo(SegmentHeads heads, int groups, float floor)
    {
        var (survivors, others) = (_workspace.Survivors, _workspace.OtherSurvivors);
        StripeScan.First(heads, groups, _query.Heads, LimitOf(heads, 0, floor), survivors);
        _course.FirstStripeLeft(floor, survivors.Count, groups);
        _workspace.Counts.FirstStripe += survivors.Count * StripeKernel.GroupSize;
        if (survivors.Count == 0)
        {
            // Nor is there a need for the weights of the second.
            others.Clear();
            return;
        }

        StripeScan.Second(heads, _query.Heads, LimitOf(heads, 1, floor), survivors, others);
    }

    /// <summary>Prepares a stripe.</summary>
    /// <returns>The lowest sum of products with which a vector can still reach the floor.</returns>
    private int LimitOf(SegmentHeads heads, int stage, float floor)
    {
        _query.Heads.PrepareStripe(stage, _query.Unit);
        ref readonly var bound = ref _query.Heads[stage];
        return bound.LimitFor(floor, bound.OffsetFor(heads.SpreadAt(stage), heads.ErrorAt(stage)));
    }

    /// <summary>Takes what the stripes left through stage 4, and notes for each what similarity it cannot exceed.</summary>
    /// <returns>How many are left.</returns>
    private int ThroughRows(SegmentHeads heads, GroupSurvivors survivors, int filled, float floor)
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
        if ((rows <= FewRows && !_query.Heads.HasRow) || heads.Encoding.Layout.RowBytes == 0)
        {
            _workspace.Bounds.AsSpan(0, rows).Fill(float.PositiveInfinity);
            return rows;
        }

        return ThroughRows(heads, rows, floor);
    }

    private int ThroughRows(SegmentHeads heads, int rows, float floor)
    {
        const int Stage = HeadLayout.Stages - 1;
        const int Ahead = 6;
        var query = _query.Heads;
        query.PrepareRow(_query.Unit);
        ref readonly var bound = ref query[Stage];
        var offset = bound.OffsetFor(heads.SpreadAt(Stage), heads.ErrorAt(Stage));
        var limit = bound.LimitFor(floor, offset);
        var bytes = heads.Encoding.Layout.RowBytes;
        ref var weights = ref MemoryMarshal.GetReference(query.Row);
        var (slots, bounds) = (_workspace.Slots, _workspace.Bounds);
        var left = 0;
        for (var i = 0; i < rows; i++)
        {
            if (i + Ahead < rows)
            {
                Prefetch.Lines(ref heads.Row(slots[i + Ahead]), bytes);
            }

            var slot = slots[i];
            var sum = CodeKernel.Dot(ref heads.Row(slot), ref weights, bytes);
            slots[left] = slot;
            bounds[left] = bound.Upper(sum, offset);
            left += sum >= limit ? 1 : 0;
        }

        return left;
    }

    /// <summary>Replaces what the maxima said about exceptions, which they do not hold for, by those whose own errors let them reach the floor.</summary>
    /// <returns>How many slots are left.</returns>
    private int WithExceptions(SegmentHeads heads, int count, int filled, float floor)
    {
        var exceptions = heads.Exceptions.Items;
        if (exceptions.IsEmpty)
        {
            return count;
        }

        var (slots, bounds) = (_workspace.Slots, _workspace.Bounds);
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            (slots[left], bounds[left]) = (slots[i], bounds[i]);
            left += heads.Exceptions.Contains(slots[i]) ? 0 : 1;
        }

        var ordinary = left;
        foreach (ref readonly var exception in exceptions)
        {
            if (exception.Slot < filled && heads.Exceptions.Contains(exception.Slot))
            {
                slots[left] = exception.Slot;
                bounds[left] = UpperOf(heads, exception, floor, withRow: left - ordinary >= FewRows);
                left += bounds[left] >= floor ? 1 : 0;
            }
        }

        return left;
    }

    /// <summary>Computes the similarity that an exception cannot exceed, or one below the floor as soon as a stage has got there.</summary>
    private float UpperOf(SegmentHeads heads, in CodeException exception, float floor, bool withRow)
    {
        var query = _query.Heads;
        var upper = float.PositiveInfinity;
        for (var stage = 0; stage < query.PreparedStripes && upper >= floor; stage++)
        {
            upper = Math.Min(upper, query.UpperOf(heads, exception, stage));
        }

        if (upper >= floor && heads.Encoding.Layout.RowBytes > 0 && (withRow || query.HasRow))
        {
            query.PrepareRow(_query.Unit);
            upper = Math.Min(upper, query.UpperOf(heads, exception, HeadLayout.Stages - 1));
        }

        return upper;
    }

    /// <summary>Scores the most promising slot first, since a good match raises the floor for all others.</summary>
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
