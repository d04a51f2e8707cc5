namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The codes of one vector before they are written to where they belong, and what rounding to them did.</summary>
/// <remarks>A scratch object: reused from vector to vector, by one thread at a time.</remarks>
internal sealed class SketchCodes
{
    private const int MaxAxes = 256;

    /// <summary>The middle of the codes; sums are taken relative to it, which makes them small.</summary>
    public const int MiddleCode = 64;

    private readonly float[] _coordinates = new float[MaxAxes];
    private readonly byte[] _stripes = new byte[SketchLayout.StripesBytes];
    private readonly byte[] _row = new byte[MaxAxes];
    private readonly double[] _errors = new double[SketchLayout.Stages];
    private readonly double[] _spreads = new double[SketchLayout.Stages];
    private readonly double[] _tailExcesses = new double[SketchLayout.Stages];

    /// <summary>Gets where the coordinates belong before <see cref="Set"/>.</summary>
    public Span<float> Coordinates => _coordinates;

    /// <summary>Gets the codes of the stripes one after the other, each with its tail at its end.</summary>
    public ReadOnlySpan<byte> Stripes => _stripes;

    /// <summary>Gets the codes of stage 4 with their tail at the end; meaningless if there is no such stage.</summary>
    public ReadOnlySpan<byte> Row => _row;

    /// <summary>Gets a value indicating whether the vector is outside of the encoding's ranges, so that separate errors must bound it.</summary>
    public bool IsOutlier { get; private set; }

    /// <summary>Gets the norm of what the axes of the stripes do not cover.</summary>
    public double StripesTail { get; private set; }

    /// <summary>Gets the size of the rounding error on axis 0.</summary>
    public double FirstAxisError { get; private set; }

    /// <summary>Gets the norm of the rounding error on the axes of a stage, without axis 0.</summary>
    public double ErrorAt(int stage) => _errors[stage];

    /// <summary>Gets how much longer the tail of a stage is than its code says; zero unless it is beyond the range.</summary>
    public double TailExcessAt(int stage) => _tailExcesses[stage];

    /// <summary>Gets the norm of the codes of a stage and its tail, relative to the middle code.</summary>
    public double SpreadAt(int stage) => _spreads[stage];

    /// <summary>Computes the codes of the <see cref="Coordinates"/>.</summary>
    public void Set(SketchEncoding encoding)
    {
        IsOutlier = false;
        double covered = 0, error = 0, spread = 0;
        int axis = 0, place = 0;
        var layout = encoding.Layout;
        for (var stage = 0; stage < layout.UsedStages; stage++)
        {
            for (var end = layout.AxesAt(stage); axis < end; axis++)
            {
                double coordinate = _coordinates[axis];
                var quantizer = encoding.Axes[axis];

                // Axis 0 holds most of the norm, has a range of its own and is bounded by its step. On the others a code at the end of the
                // range is as good as any other while the error of all together stays small.
                var nearest = quantizer.Nearest(coordinate);
                var code = axis == 0 ? Checked(nearest) : Math.Clamp(nearest, 0, Quantizer.MaxCode);
                var difference = coordinate - quantizer.ValueOf(code);
                FirstAxisError = axis == 0 ? Math.Abs(difference) : FirstAxisError;
                error += axis == 0 ? 0 : Square(difference);
                covered += coordinate * coordinate;
                spread += Square(code - MiddleCode);
                _row[axis] = (byte)code;
                if (stage < SketchLayout.Stripes)
                {
                    _stripes[place++] = (byte)code;
                }
            }

            // A tail that is shorter than the range may be rounded up to its beginning, but a longer one has no code.
            var norm = SketchEncoding.TailOf(covered);
            var tail = Checked(Math.Max(0, encoding.Tails[stage].NotBelow(norm)));
            _tailExcesses[stage] = Math.Max(0, norm - encoding.Tails[stage].ValueOf(tail));
            if (stage < SketchLayout.Stripes)
            {
                StripesTail = norm;
                _stripes[place++] = (byte)tail;
            }
            else
            {
                _row[layout.RowBytes - 1] = (byte)tail;
            }

            _errors[stage] = Math.Sqrt(error);
            IsOutlier |= _errors[stage] > encoding.LargestErrorAt(stage);
            _spreads[stage] = Math.Sqrt(spread + Square(tail - MiddleCode));
        }
    }

    private static double Square(double value) => value * value;

    private int Checked(int code)
    {
        if (code is >= 0 and <= Quantizer.MaxCode)
        {
            return code;
        }

        IsOutlier = true;
        return Math.Clamp(code, 0, Quantizer.MaxCode);
    }
}
