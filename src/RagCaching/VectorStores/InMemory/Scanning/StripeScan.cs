using System.Runtime.CompilerServices;
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

    /// <summary>The bytes of a group in each of the first two stripes.</summary>
    private const int FirstGroupBytes = StripeKernel.BlockBytes;

    private const int LastGroupBytes = 2 * StripeKernel.BlockBytes;

    /// <summary>Streams the first stripe.</summary>
    /// <param name="sketches">The codes.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="limit">The lowest sum that survives.</param>
    /// <param name="survivors">Receives what is left.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void First(SegmentSketches sketches, int groups, StripeWeights weights, int limit, GroupSurvivors survivors)
    {
        survivors.Clear();
        var bytes = weights.Bytes(0, withRest: true);
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

            var first = FirstSums(ref firstCodes, weights, bytes);
            var second = FirstSums(ref secondCodes, weights, bytes);
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
    public static void FirstTwo(SegmentSketches sketches, int groups, StripeWeights weights, int limit, GroupSurvivors survivors)
    {
        survivors.Clear();
        var (firstBytes, secondBytes) = (weights.Bytes(0, withRest: false), weights.Bytes(1, withRest: true));
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

            var sums = FirstSums(ref firstCodes, weights, firstBytes) + SecondSums(ref secondCodes, weights, secondBytes);
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
    public static void Second(SegmentSketches sketches, StripeWeights weights, int limit, GroupSurvivors before, GroupSurvivors survivors)
    {
        survivors.Clear();
        var (rest, bytes) = (weights.Rest(0), weights.Bytes(1, withRest: true));
        ref var earlier = ref sketches.Stripe(0);
        ref var codes = ref sketches.Stripe(1);
        ref var next = ref sketches.Stripe(2);
        for (var i = 0; i < before.Count; i++)
        {
            var group = before.GroupAt(i);
            var sums = before.SumsAt(i) - LastBytes(ref earlier, group, rest)
                + SecondSums(ref Unsafe.Add(ref codes, group * FirstGroupBytes), weights, bytes);
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
    public static void Third(SegmentSketches sketches, StripeWeights weights, int limit, GroupSurvivors before, GroupSurvivors survivors)
    {
        survivors.Clear();
        var (rest, bytes) = (weights.Rest(1), weights.Bytes(2, withRest: true));
        ref var earlier = ref sketches.Stripe(1);
        ref var codes = ref sketches.Stripe(2);
        for (var i = 0; i < before.Count; i++)
        {
            var group = before.GroupAt(i);
            var sums = before.SumsAt(i) - LastBytes(ref earlier, group, rest)
                + ThirdSums(ref Unsafe.Add(ref codes, group * LastGroupBytes), weights, bytes);
            survivors.Add(group, before.MaskAt(i) & StripeKernel.AtLeast(sums, limit), sums);
        }
    }

    /// <summary>Streams all stripes, for queries that the first two rule too little out for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void All(SegmentSketches sketches, int groups, StripeWeights weights, int limit, GroupSurvivors survivors)
    {
        survivors.Clear();
        var (firstBytes, thirdBytes) = (weights.Bytes(0, withRest: false), weights.Bytes(2, withRest: true));
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

            var sums = FirstSums(ref firstCodes, weights, firstBytes)
                + StripeKernel.Block(ref secondCodes, ref weights.LowAt(1), ref weights.HighAt(1))
                + ThirdSums(ref thirdCodes, weights, thirdBytes);
            survivors.Add(group, StripeKernel.AtLeast(sums, limit), sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> FirstSums(ref byte codes, StripeWeights weights, int bytes) =>
        StripeKernel.Block(ref codes, ref weights.LowAt(0), ref weights.HighAt(0)) + LastBytes(ref codes, 0, bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SecondSums(ref byte codes, StripeWeights weights, int bytes) =>
        StripeKernel.Block(ref codes, ref weights.LowAt(1), ref weights.HighAt(1)) + LastBytes(ref codes, 0, bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ThirdSums(ref byte codes, StripeWeights weights, int bytes)
    {
        ref var half = ref Unsafe.Add(ref codes, StripeKernel.BlockBytes);
        return StripeKernel.Block(ref codes, ref weights.LowAt(2), ref weights.HighAt(2))
            + StripeKernel.Block(ref half, ref weights.LowAt(3), ref weights.HighAt(3))
            + LastBytes(ref half, 0, bytes);
    }

    /// <summary>The products of the last bytes of a group in one of the first two stripes, or in the second half of the third.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> LastBytes(ref byte stripe, int group, int weights) =>
        StripeKernel.Bytes(ref Unsafe.Add(ref stripe, (group * FirstGroupBytes) + FirstGroupBytes - StripeKernel.QuadBytes), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskAhead(ref byte codes, int bytes) => Prefetch.Lines(ref Unsafe.Add(ref codes, Prefetch.AheadBytes), bytes);
}
