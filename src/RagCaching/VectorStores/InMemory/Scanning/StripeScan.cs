using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>Takes the groups of a segment through the stripes, one stripe at a time or, where the first rule too little out, several together.</summary>
/// <remarks>
/// Each stage replaces the tail of the stage before it by its own axes: it takes that product away and adds its own, so nothing is
/// computed twice. A stage asks for the memory that the next one needs, since only a few of its groups, far from each other, will be read.
/// Compiled with all optimisations at once, see <see cref="PartitionScan"/>.
/// </remarks>
internal static class StripeScan
{
    /// <summary>How many groups of the first stripe before it is read one is asked for. Nobody asks for what is behind the last one: the next segment's codes lie elsewhere, see <see cref="SegmentPrefetch"/>.</summary>
    private const int AheadGroups = Prefetch.AheadBytes / FirstGroupBytes;

    private const int FirstQuads = 4;
    private const int FirstGroupBytes = FirstQuads * StripeKernel.QuadBytes;
    private const int LastQuads = 8;
    private const int LastGroupBytes = LastQuads * StripeKernel.QuadBytes;

    /// <summary>The byte of a quad's weights that belongs to a tail.</summary>
    private const int TailByte = unchecked((int)0xFF000000);

    /// <summary>Streams the first stripe.</summary>
    /// <param name="sketches">The codes.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="query">The weights.</param>
    /// <param name="limit">The lowest sum that survives.</param>
    /// <param name="survivors">Receives what is left.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void First(SegmentSketches sketches, int groups, SketchQuery query, int limit, GroupSurvivors survivors)
    {
        survivors.Clear();
        var weights = MemoryMarshal.Cast<sbyte, int>(query.Stripes);
        var (weights0, weights1, weights2, weights3) = (Spread(weights[0]), Spread(weights[1]), Spread(weights[2]), Spread(weights[3]));
        ref var codes = ref sketches.Stripe(0);
        ref var next = ref sketches.Stripe(1);

        var toAsk = groups - AheadGroups;

        // Two groups at a time, because almost always neither has anything left, and then one test is enough for both.
        for (var group = 0; group < groups; group += 2)
        {
            ref var firstCodes = ref Unsafe.Add(ref codes, group * FirstGroupBytes);
            ref var secondCodes = ref Unsafe.Add(ref firstCodes, FirstGroupBytes);
            if (group < toAsk)
            {
                AskAhead(ref firstCodes, 2 * FirstGroupBytes);
            }

            var first = Four(Vector256<int>.Zero, ref firstCodes, weights0, weights1, weights2, weights3);
            var second = Four(Vector256<int>.Zero, ref secondCodes, weights0, weights1, weights2, weights3);
            var firstMask = StripeKernel.AtLeast(first, limit);
            var secondMask = StripeKernel.AtLeast(second, limit);
            if ((firstMask | secondMask) == 0)
            {
                continue;
            }

            survivors.Add(group, firstMask, first);
            survivors.Add(group + 1, secondMask, second);
            Prefetch.Lines(ref Unsafe.Add(ref next, group * FirstGroupBytes), 2 * FirstGroupBytes);
        }
    }

    /// <summary>Streams the first two stripes, for queries that the first alone rules too little out for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FirstTwo(SegmentSketches sketches, int groups, SketchQuery query, int limit, GroupSurvivors survivors)
    {
        survivors.Clear();
        var weights = MemoryMarshal.Cast<sbyte, int>(query.Stripes);
        var (weights0, weights1, weights2, weights3) = (Spread(weights[0]), Spread(weights[1]), Spread(weights[2]), Spread(weights[3] & ~TailByte));
        var (weights4, weights5, weights6, weights7) = (Spread(weights[4]), Spread(weights[5]), Spread(weights[6]), Spread(weights[7]));
        ref var first = ref sketches.Stripe(0);
        ref var second = ref sketches.Stripe(1);
        ref var next = ref sketches.Stripe(2);
        var toAsk = groups - AheadGroups;
        for (var group = 0; group < groups; group++)
        {
            ref var firstCodes = ref Unsafe.Add(ref first, group * FirstGroupBytes);
            ref var secondCodes = ref Unsafe.Add(ref second, group * FirstGroupBytes);
            if (group < toAsk)
            {
                AskAhead(ref firstCodes, FirstGroupBytes);
                AskAhead(ref secondCodes, FirstGroupBytes);
            }

            var sums = Four(Vector256<int>.Zero, ref firstCodes, weights0, weights1, weights2, weights3);
            sums = Four(sums, ref secondCodes, weights4, weights5, weights6, weights7);
            var mask = StripeKernel.AtLeast(sums, limit);
            if (mask != 0)
            {
                survivors.Add(group, mask, sums);
                Prefetch.Lines(ref Unsafe.Add(ref next, group * LastGroupBytes), LastGroupBytes);
            }
        }
    }

    /// <summary>Adds the second stripe to what the first has left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Second(SegmentSketches sketches, SketchQuery query, int limit, GroupSurvivors before, GroupSurvivors survivors)
    {
        survivors.Clear();
        var weights = MemoryMarshal.Cast<sbyte, int>(query.Stripes);
        var tail = Spread(weights[3] & TailByte);
        var (weights4, weights5, weights6, weights7) = (Spread(weights[4]), Spread(weights[5]), Spread(weights[6]), Spread(weights[7]));
        ref var earlier = ref sketches.Stripe(0);
        ref var codes = ref sketches.Stripe(1);
        ref var next = ref sketches.Stripe(2);
        for (var i = 0; i < before.Count; i++)
        {
            var group = before.GroupAt(i);
            var sums = StripeKernel.Subtract(
                before.SumsAt(i), ref Unsafe.Add(ref earlier, (group * FirstGroupBytes) + FirstGroupBytes - StripeKernel.QuadBytes), tail);
            sums = Four(sums, ref Unsafe.Add(ref codes, group * FirstGroupBytes), weights4, weights5, weights6, weights7);
            var mask = before.MaskAt(i) & StripeKernel.AtLeast(sums, limit);
            survivors.Add(group, mask, sums);
            if (mask != 0)
            {
                Prefetch.Lines(ref Unsafe.Add(ref next, group * LastGroupBytes), LastGroupBytes);
            }
        }
    }

    /// <summary>Adds the third stripe to what the second has left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Third(SegmentSketches sketches, SketchQuery query, int limit, GroupSurvivors before, GroupSurvivors survivors)
    {
        survivors.Clear();
        var weights = MemoryMarshal.Cast<sbyte, int>(query.Stripes);
        var tail = Spread(weights[7] & TailByte);
        ref var earlier = ref sketches.Stripe(1);
        ref var codes = ref sketches.Stripe(2);
        for (var i = 0; i < before.Count; i++)
        {
            var group = before.GroupAt(i);
            var sums = StripeKernel.Subtract(
                before.SumsAt(i), ref Unsafe.Add(ref earlier, (group * FirstGroupBytes) + FirstGroupBytes - StripeKernel.QuadBytes), tail);
            sums = Eight(sums, ref Unsafe.Add(ref codes, group * LastGroupBytes), weights[8..]);
            survivors.Add(group, before.MaskAt(i) & StripeKernel.AtLeast(sums, limit), sums);
        }
    }

    /// <summary>Streams all stripes, for queries that the first two rule too little out for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void All(SegmentSketches sketches, int groups, SketchQuery query, int limit, GroupSurvivors survivors)
    {
        survivors.Clear();
        var weights = MemoryMarshal.Cast<sbyte, int>(query.Stripes);
        var (weights0, weights1, weights2, weights3) = (Spread(weights[0]), Spread(weights[1]), Spread(weights[2]), Spread(weights[3] & ~TailByte));
        var (weights4, weights5, weights6, weights7) = (Spread(weights[4]), Spread(weights[5]), Spread(weights[6]), Spread(weights[7] & ~TailByte));
        ref var first = ref sketches.Stripe(0);
        ref var second = ref sketches.Stripe(1);
        ref var third = ref sketches.Stripe(2);
        var toAsk = groups - AheadGroups;
        for (var group = 0; group < groups; group++)
        {
            ref var firstCodes = ref Unsafe.Add(ref first, group * FirstGroupBytes);
            ref var secondCodes = ref Unsafe.Add(ref second, group * FirstGroupBytes);
            ref var thirdCodes = ref Unsafe.Add(ref third, group * LastGroupBytes);
            if (group < toAsk)
            {
                AskAhead(ref firstCodes, FirstGroupBytes);
                AskAhead(ref secondCodes, FirstGroupBytes);
                AskAhead(ref thirdCodes, LastGroupBytes);
            }

            var sums = Four(Vector256<int>.Zero, ref firstCodes, weights0, weights1, weights2, weights3);
            sums = Four(sums, ref secondCodes, weights4, weights5, weights6, weights7);
            sums = Eight(sums, ref thirdCodes, weights[8..]);
            survivors.Add(group, StripeKernel.AtLeast(sums, limit), sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Four(
        Vector256<int> sums, ref byte codes, Vector256<int> weights0, Vector256<int> weights1, Vector256<int> weights2, Vector256<int> weights3)
    {
        var low = StripeKernel.Add(StripeKernel.Add(sums, ref codes, weights0), ref Unsafe.Add(ref codes, StripeKernel.QuadBytes), weights1);
        var high = StripeKernel.Add(Vector256<int>.Zero, ref Unsafe.Add(ref codes, 2 * StripeKernel.QuadBytes), weights2);
        return low + StripeKernel.Add(high, ref Unsafe.Add(ref codes, 3 * StripeKernel.QuadBytes), weights3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(Vector256<int> sums, ref byte codes, ReadOnlySpan<int> weights)
    {
        sums = Four(sums, ref codes, Spread(weights[0]), Spread(weights[1]), Spread(weights[2]), Spread(weights[3]));
        ref var rest = ref Unsafe.Add(ref codes, 4 * StripeKernel.QuadBytes);
        return Four(sums, ref rest, Spread(weights[4]), Spread(weights[5]), Spread(weights[6]), Spread(weights[7]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskAhead(ref byte codes, int bytes) => Prefetch.Lines(ref Unsafe.Add(ref codes, Prefetch.AheadBytes), bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Spread(int fourWeights) => Vector256.Create(fourWeights);
}
