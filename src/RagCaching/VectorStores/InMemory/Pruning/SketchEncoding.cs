namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>A basis and the ranges of the coordinates on it: how the vectors of one number of dimensions become codes.</summary>
/// <remarks>
/// Immutable, but for what it counts. It is trained on a sample and used for all vectors; a vector outside of the sample's
/// ranges is an outlier, which is bounded by separate errors. Codes of different encodings have nothing to do with each other.
/// </remarks>
internal sealed class SketchEncoding
{
    /// <summary>
    /// Added to the squared norm of a tail. A coordinate is wrong by up to 6e-6, and squares of unit vectors add up to one, so
    /// the square of the tail is wrong by less than this.
    /// </summary>
    private const double TailInflation = 2e-6;

    /// <summary>The share of outliers at or above which the ranges are those of other data.</summary>
    private const double ManyOutliers = 0.02;

    /// <summary>The share of vectors with a long tail at or above which the axes are those of other data; in the sample it is a tenth.</summary>
    private const double ManyLongTails = 0.3;

    /// <summary>How many vectors must have come, however few there were, before the data are said to have changed.</summary>
    private const long FewestNew = 4096;

    private readonly double _longTail;
    private long _encoded;
    private long _outliers;
    private long _longTails;

    /// <summary>Takes a basis and fits the ranges.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="layout">The stages.</param>
    /// <param name="sample">The coordinates of sample vectors, <see cref="SketchLayout.Axes"/> for each.</param>
    /// <param name="trainedRows">How many vectors there were when it was trained.</param>
    /// <param name="trainedAt">The timestamp of its training.</param>
    public SketchEncoding(Basis basis, SketchLayout layout, ReadOnlySpan<float> sample, long trainedRows, long trainedAt)
    {
        Basis = basis;
        Layout = layout;
        TrainedRows = trainedRows;
        TrainedAt = trainedAt;
        var coordinates = new CodeSample(sample, layout.Axes);
        Stripes = new StripeRanges(coordinates, layout);
        Row = layout.RowBytes > 0 ? new RowRanges(coordinates, layout) : null;
        var tails = coordinates.Tails(SketchLayout.StripesAxes);
        Array.Sort(tails);
        _longTail = tails[tails.Length * 9 / 10];
    }

    public Basis Basis { get; }

    public SketchLayout Layout { get; }

    public long TrainedRows { get; }

    public long TrainedAt { get; }

    /// <summary>Gets a value indicating whether so many of the vectors that came since do not fit that a new training pays.</summary>
    public bool IsOutdated
    {
        get
        {
            var encoded = Interlocked.Read(ref _encoded);
            return encoded >= TrainedRows + Math.Max(TrainedRows, FewestNew)
                && (Interlocked.Read(ref _outliers) > ManyOutliers * encoded || Interlocked.Read(ref _longTails) > ManyLongTails * encoded);
        }
    }

    /// <summary>Gets the ranges of the stripes.</summary>
    public StripeRanges Stripes { get; }

    /// <summary>Gets the ranges of stage 4, if there is one.</summary>
    public RowRanges? Row { get; }

    /// <summary>Computes the norm of what some axes do not cover of a unit vector, never too short.</summary>
    /// <param name="covered">The sum of the squares of the coordinates on those axes.</param>
    public static double TailOf(double covered) => Math.Sqrt(Math.Max(0, 1 - covered) + TailInflation);

    /// <summary>Computes the codes of a vector.</summary>
    /// <param name="vector">A unit vector, padded.</param>
    /// <param name="codes">Receives the codes.</param>
    public void Encode(ReadOnlySpan<float> vector, SketchCodes codes)
    {
        Basis.Project(vector, from: 0, codes.Coordinates[..Layout.Axes]);
        codes.Set(this);
        Interlocked.Increment(ref _encoded);
        if (codes.IsOutlier)
        {
            Interlocked.Increment(ref _outliers);
        }

        if (codes.StripesTail > _longTail)
        {
            Interlocked.Increment(ref _longTails);
        }
    }
}
