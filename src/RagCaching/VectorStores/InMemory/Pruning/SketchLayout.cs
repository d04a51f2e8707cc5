namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>How the sketch of a vector is divided into stages, each of which bounds its similarity to a query more tightly.</summary>
/// <remarks>
/// <para>
/// A sketch is a vector's coordinates on the axes on which vectors of its model differ most, as codes of a few bits, and the norm of the rest.
/// </para>
/// <para>
/// The first three stages are stripes: the codes of eight vectors are interleaved, so that the first stage streams 16 bytes per vector and
/// nothing else. Their codes have four bits, two to a byte: the spectrum of real vectors is flat, and twice as many axes say more than the same axes twice as
/// precisely. Axis 0, which holds the mean, has a byte of its own. Stage 4 repeats all axes row by row in seven bits, with separate weights, and is only read for what is left. Every stage ends
/// with a byte for what its codes do not say: see <see cref="StageBound"/>.
/// </para>
/// <code>
/// stage     1          2          3               4
/// bytes     16         16         32              128 (256 from 1,536 dimensions on, none up to 128)
/// axes      0 … 28     29 … 58    59 … 120        0 … 126 (0 … 254)
/// bits      4 (8 for axis 0)                      7
/// </code>
/// </remarks>
internal sealed class SketchLayout
{
    /// <summary>The number of stripes, which are the first stages.</summary>
    public const int Stripes = 3;

    /// <summary>The largest number of stages.</summary>
    public const int Stages = Stripes + 1;

    /// <summary>The stage that is read row by row.</summary>
    public const int RowStage = Stripes;

    /// <summary>The bytes of a vector in all stripes.</summary>
    public const int StripesBytes = 64;

    /// <summary>The axes of the stripes.</summary>
    public const int StripesAxes = 121;

    /// <summary>The byte of the stripes that is the code of axis 0.</summary>
    public const int FirstAxisByte = 14;

    /// <summary>The fewest dimensions for which reading codes first is worth it: below, the vector itself is hardly longer.</summary>
    public const int FewestDimensions = 64;

    /// <summary>A partition with fewer vectors is compared row by row, which takes no longer than preparing a query for its codes.</summary>
    public const int FewestRows = 128;

    /// <summary>The largest number of axes.</summary>
    public const int MaxAxes = 256;

    private const int DimensionsWithRow = 129;
    private const int DimensionsWithLongRow = 1536;

    /// <summary>The bytes of each stripe.</summary>
    public static ReadOnlySpan<int> StripeBytes => [16, 16, 32];

    /// <summary>Chooses the layout for a number of dimensions.</summary>
    public SketchLayout(int dimensions)
    {
        RowBytes = dimensions switch
        {
            < DimensionsWithRow => 0,
            < DimensionsWithLongRow => 128,
            _ => 256,
        };
    }

    /// <summary>Gets the bytes of stage 4; zero if there is none.</summary>
    public int RowBytes { get; }

    /// <summary>Gets the number of stages that there are: without stage 4 one less.</summary>
    public int UsedStages => RowBytes > 0 ? Stages : Stripes;

    /// <summary>Gets the bytes of a vector in all stages.</summary>
    public int BytesPerVector => StripesBytes + RowBytes;

    /// <summary>Gets the number of axes to train and to compute coordinates on, a multiple of four; the last may be of no use.</summary>
    public int Axes => Math.Max(128, RowBytes);

    /// <summary>Gets how many axes the stages up to one cover.</summary>
    /// <param name="stage">0 to 3.</param>
    public int AxesAt(int stage) => stage switch
    {
        0 => 29,
        1 => 59,
        2 => StripesAxes,
        _ => RowBytes - 1,
    };

    /// <summary>Gets in which byte of the stripes the code of an axis is.</summary>
    /// <param name="axis">1 to 120.</param>
    /// <param name="isHigh">Receives whether it is the upper half of the byte.</param>
    public static int NibbleOf(int axis, out bool isHigh)
    {
        // The last byte of each stripe says how much is missing; the first stripe also leaves out that of axis 0.
        var nibble = axis - 1 + (axis > 28 ? 4 : 0) + (axis > 58 ? 2 : 0);
        isHigh = (nibble & 1) != 0;
        return nibble / 2;
    }
}
