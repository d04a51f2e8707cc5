using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>What the searches of a partition have found out about its data, and what follows for the next segment.</summary>
/// <remarks>
/// <para>
/// Exactness never depends on it, only speed: the stages prune well for data with structure and a floor above most of it, and not at all
/// otherwise. The cost of each way is estimated in bytes to be read per vector from the shares that survived lately at a floor like this one. A way
/// that was given up is tried again now and then, since the data change.
/// </para>
/// <para>Read and written without a lock: a lost update costs nothing but a little time.</para>
/// </remarks>
internal sealed class ScanCourse
{
    /// <summary>How much one segment counts against everything before it.</summary>
    private const float Weight = 0.25f;

    /// <summary>From this share of groups on that survive a stripe, leaving the others out costs more than reading the next stripe of all.</summary>
    private const float ManyGroups = 0.65f;

    /// <summary>Floors of a twentieth share what is known: from 0 to 1.</summary>
    private const int Floors = 20;

    /// <summary>How many segments pass between two attempts with a way that was given up.</summary>
    private const int Patience = 32;

    /// <summary>What reading something here and there costs, in bytes of reading everything in order.</summary>
    private const float JumpBytes = 128;

    /// <summary>How much better another way must be: the estimate is rough.</summary>
    private const float Hysteresis = 1.2f;

    // Made with the first heads: thousands of small partitions never need it.
    private Shares[]? _shares;

    /// <summary>Gets a value indicating whether full codes would help and should be made.</summary>
    public bool WantsFullCodes { get; private set; }

    /// <summary>Chooses the way to look at a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="floor">The lowest similarity that is looked for.</param>
    public ScanWay ChooseFor(Segment segment, float floor)
    {
        if (segment.Codes.Heads is not { } heads)
        {
            return segment.Codes.Full is null ? ScanWay.Rows : ScanWay.FullCodes;
        }

        ref var shares = ref SharesAt(floor);
        var isAttempt = ++shares.Segments % Patience == 0;
        if (!isAttempt && IsBetterWithout(HeadLayout.StripesBytes + BytesAfterStripes(shares, segment, heads), segment))
        {
            return segment.Codes.Full is null ? ScanWay.Rows : ScanWay.FullCodes;
        }

        return isAttempt || shares.Groups < ManyGroups ? ScanWay.Stages
            : shares.GroupsOfTwo < ManyGroups ? ScanWay.TwoStripes
            : ScanWay.AllStripes;
    }

    /// <summary>Estimates how many bytes a search reads for each vector, those read here and there weighted for what they cost.</summary>
    /// <param name="segment">Any segment of the partition.</param>
    /// <param name="floor">The lowest similarity that is looked for.</param>
    public float BytesPerVector(Segment segment, float floor)
    {
        if (float.IsNegativeInfinity(floor) || segment.Codes.Heads is not { } heads)
        {
            return float.IsNegativeInfinity(floor) ? segment.Stride * sizeof(float) : BytesWithoutHeads(segment);
        }

        ref var shares = ref SharesAt(floor);
        var after = BytesAfterStripes(shares, segment, heads);
        if (IsBetterWithout(HeadLayout.StripesBytes + after, segment))
        {
            return BytesWithoutHeads(segment);
        }

        return after + StripeBytes(shares);
    }

    /// <summary>Takes note of what the first stripe left.</summary>
    public void FirstStripeLeft(float floor, int groups, int ofGroups) => Blend(ref SharesAt(floor).Groups, groups, ofGroups);

    /// <summary>Takes note of what the first two stripes left.</summary>
    public void SecondStripeLeft(float floor, int groups, int ofGroups) => Blend(ref SharesAt(floor).GroupsOfTwo, groups, ofGroups);

    /// <summary>Takes note of what all heads left.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="floor">The lowest similarity that was looked for.</param>
    /// <param name="rows">How many vectors got through the stripes.</param>
    /// <param name="scores">How many of them had to be compared in full.</param>
    public void HeadsLeft(Segment segment, float floor, int rows, int scores)
    {
        ref var shares = ref SharesAt(floor);
        var slots = segment.Filled;
        Blend(ref shares.Rows, rows, slots);
        Blend(ref shares.Scores, scores, slots);
        WantsFullCodes |= segment.Codes.Full is null && shares.Scores * RowBytes(segment) > Hysteresis * segment.Stride;
    }

    private static float StripeBytes(in Shares shares)
    {
        var (first, second, third) = (HeadLayout.StripeBytes[0], HeadLayout.StripeBytes[1], HeadLayout.StripeBytes[2]);
        var afterFirst = shares.Groups < ManyGroups ? shares.Groups : 1;
        return first + (afterFirst * second) + ((shares.GroupsOfTwo < ManyGroups ? shares.GroupsOfTwo : 1) * third);
    }

    private static float BytesAfterStripes(in Shares shares, Segment segment, SegmentHeads heads) =>
        (shares.Rows * (heads.Encoding.Layout.RowBytes + JumpBytes)) + (shares.Scores * RowBytes(segment));

    private static bool IsBetterWithout(float headBytes, Segment segment) =>
        headBytes > Hysteresis * segment.Stride && headBytes > Hysteresis * BytesWithoutHeads(segment);

    private static float RowBytes(Segment segment) => (segment.Stride * sizeof(float)) + JumpBytes;

    private static float BytesWithoutHeads(Segment segment) => segment.Codes.Full is null ? segment.Stride * sizeof(float) : segment.Stride + sizeof(double);

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
