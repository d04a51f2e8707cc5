using System.Runtime.CompilerServices;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>What the searches of a partition have found out about its data, and what follows for the next segment.</summary>
/// <remarks>
/// <para>
/// Exactness never depends on it, only speed: the stages prune well for data with structure and a floor above most of it, and not at all
/// otherwise. The cost of each plan is estimated in bytes to be read per vector from the shares that survived lately at a floor like this one. A plan
/// that was given up is tried again now and then, since the data change.
/// </para>
/// <para>Read and written without a lock: a lost update costs nothing but a little time.</para>
/// </remarks>
internal sealed class ScanPlanner
{
    /// <summary>How much one segment counts against everything before it.</summary>
    private const float Weight = 0.25f;

    /// <summary>From this share of groups on that survive a stripe, leaving the others out costs more than reading the next stripe of all.</summary>
    private const float ManyGroups = 0.65f;

    /// <summary>Floors of a twentieth share what is known: from 0 to 1.</summary>
    private const int Floors = 20;

    /// <summary>How many segments pass between two attempts with a plan that was given up.</summary>
    private const int Patience = 32;

    /// <summary>What reading something here and there costs, in bytes of reading everything in order.</summary>
    private const float JumpBytes = 128;

    /// <summary>How much better another plan must be: the estimate is rough.</summary>
    private const float Hysteresis = 1.2f;

    // Made with the first sketches: thousands of small partitions never need it.
    private Shares[]? _shares;

    /// <summary>Gets a value indicating whether scalar codes would help and should be made.</summary>
    public bool WantsScalarCodes { get; private set; }

    /// <summary>Chooses how to look at a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="floor">The lowest similarity that is looked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ScanPlan ChooseFor(Segment segment, float floor)
    {
        if (segment.Codes.Sketches is not { } sketches)
        {
            return segment.Codes.Scalar is null ? ScanPlan.Rows : ScanPlan.ScalarCodes;
        }

        ref var shares = ref SharesAt(floor);
        var isAttempt = ++shares.Segments % Patience == 0;
        if (!isAttempt && IsBetterWithout(SketchLayout.StripesBytes + BytesAfterStripes(shares, segment, sketches), segment))
        {
            return segment.Codes.Scalar is null ? ScanPlan.Rows : ScanPlan.ScalarCodes;
        }

        return isAttempt || shares.Groups < ManyGroups ? ScanPlan.Stages
            : shares.GroupsOfTwo < ManyGroups ? ScanPlan.TwoStripes
            : ScanPlan.AllStripes;
    }

    /// <summary>Estimates how many bytes a search reads for each vector, those read here and there weighted for what they cost.</summary>
    /// <param name="segment">Any segment of the partition.</param>
    /// <param name="floor">The lowest similarity that is looked for.</param>
    public float BytesPerVector(Segment segment, float floor)
    {
        if (float.IsNegativeInfinity(floor) || segment.Codes.Sketches is not { } sketches)
        {
            return float.IsNegativeInfinity(floor) ? segment.Stride * sizeof(float) : BytesWithoutSketches(segment);
        }

        ref var shares = ref SharesAt(floor);
        var after = BytesAfterStripes(shares, segment, sketches);
        if (IsBetterWithout(SketchLayout.StripesBytes + after, segment))
        {
            return BytesWithoutSketches(segment);
        }

        return after + StripeBytes(shares);
    }

    /// <summary>Takes note of what the first stripe left.</summary>
    public void FirstStripeLeft(float floor, int groups, int ofGroups) => Blend(ref SharesAt(floor).Groups, groups, ofGroups);

    /// <summary>Takes note of what the first two stripes left.</summary>
    public void SecondStripeLeft(float floor, int groups, int ofGroups) => Blend(ref SharesAt(floor).GroupsOfTwo, groups, ofGroups);

    /// <summary>Takes note of what all sketches left.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="floor">The lowest similarity that was looked for.</param>
    /// <param name="rows">How many vectors got through the stripes.</param>
    /// <param name="scores">How many of them had to be compared in full.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SketchesLeft(Segment segment, float floor, int rows, int scores)
    {
        ref var shares = ref SharesAt(floor);
        var slots = segment.Filled;
        Blend(ref shares.Rows, rows, slots);
        Blend(ref shares.Scores, scores, slots);
        WantsScalarCodes |= segment.Codes.Scalar is null && shares.Scores * RowBytes(segment) > Hysteresis * segment.Stride;
    }

    private static float StripeBytes(in Shares shares)
    {
        var (first, second, third) = (SketchLayout.StripeBytes[0], SketchLayout.StripeBytes[1], SketchLayout.StripeBytes[2]);
        var afterFirst = shares.Groups < ManyGroups ? shares.Groups : 1;
        return first + (afterFirst * second) + ((shares.GroupsOfTwo < ManyGroups ? shares.GroupsOfTwo : 1) * third);
    }

    private static float BytesAfterStripes(in Shares shares, Segment segment, SegmentSketches sketches) =>
        (shares.Rows * (sketches.Encoding.Layout.RowBytes + JumpBytes)) + (shares.Scores * RowBytes(segment));

    private static bool IsBetterWithout(float sketchBytes, Segment segment) =>
        sketchBytes > Hysteresis * segment.Stride && sketchBytes > Hysteresis * BytesWithoutSketches(segment);

    private static float RowBytes(Segment segment) => (segment.Stride * sizeof(float)) + JumpBytes;

    private static float BytesWithoutSketches(Segment segment) => segment.Codes.Scalar is null ? segment.Stride * sizeof(float) : segment.Stride + sizeof(double);

    private static void Blend(ref float share, int part, int whole)
    {
        if (whole > 0)
        {
            share += Weight * (((float)part / whole) - share);
        }
    }

    private ref Shares SharesAt(float floor) => ref (_shares ??= new Shares[Floors + 1])[(int)(Math.Clamp(floor, 0, 1) * Floors)];

    private struct Shares
    {
        public float Groups;
        public float GroupsOfTwo;
        public float Rows;
        public float Scores;
        public int Segments;
    }
}
