namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The codes of one vector before they are written to where they belong, and what rounding to them did.</summary>
/// <remarks>A scratch object: reused from vector to vector, by one thread at a time.</remarks>
internal sealed class SketchCodes
{
    private readonly float[] _coordinates = new float[SketchLayout.MaxAxes];
    private readonly byte[] _stripes = new byte[SketchLayout.StripesBytes];
    private readonly byte[] _row = new byte[SketchLayout.MaxAxes];
    private readonly double[] _errors = new double[SketchLayout.Stages];
    private readonly double[] _spreads = new double[SketchLayout.Stages];
    private readonly double[] _restExcesses = new double[SketchLayout.Stages];

    /// <summary>Gets where the coordinates belong before <see cref="Set"/>.</summary>
    public Span<float> Coordinates => _coordinates;

    /// <summary>Gets the codes of the stripes one after the other, each with that of its rest at its end.</summary>
    public ReadOnlySpan<byte> Stripes => _stripes;

    /// <summary>Gets the codes of stage 4 with that of its rest at the end; meaningless if there is no such stage.</summary>
    public ReadOnlySpan<byte> Row => _row;

    /// <summary>Gets a value indicating whether the vector is outside of the encoding's ranges, so that separate errors must bound it.</summary>
    public bool IsOutlier { get; private set; }

    /// <summary>Gets the norm of what the axes of the stripes do not cover.</summary>
    public double StripesTail { get; private set; }

    /// <summary>Gets the size of the rounding error on axis 0, the larger of those of its two codes.</summary>
    public double FirstAxisError { get; private set; }

    /// <summary>Gets the norm of the rounding error on the axes of a stage, without axis 0.</summary>
    public double ErrorAt(int stage) => _errors[stage];

    /// <summary>Gets how much larger the rest of a stage is than its code says; zero unless it is beyond the range.</summary>
    public double RestExcessAt(int stage) => _restExcesses[stage];

    /// <summary>Gets the norm of the codes of a stage, relative to the middle code: those whose weights are rounded much, see <see cref="WeightScale"/>.</summary>
    public double SpreadAt(int stage) => _spreads[stage];

    /// <summary>Computes the codes of the <see cref="Coordinates"/>.</summary>
    public void Set(SketchEncoding encoding)
    {
        IsOutlier = false;
        SetStripes(encoding.Stripes, encoding.Layout);
        if (encoding.Row is { } row)
        {
            SetRow(row);
        }
    }

    private void SetStripes(StripeRanges ranges, SketchLayout layout)
    {
        Array.Clear(_stripes);
        double first = _coordinates[0];
        _stripes[SketchLayout.FirstAxisByte] = (byte)Checked(ranges.Axes[0].Nearest(first), ranges.Axes[0]);
        FirstAxisError = Math.Abs(first - ranges.Axes[0].ValueOf(_stripes[SketchLayout.FirstAxisByte]));
        double covered = Square(first), error = 0, spread = 0;
        var (axis, end) = (1, 0);
        for (var stage = 0; stage < SketchLayout.Stripes; stage++)
        {
            for (; axis < layout.AxesAt(stage); axis++)
            {
                double coordinate = _coordinates[axis];
                var quantizer = ranges.Axes[axis];
                var code = quantizer.Clamped(coordinate);
                error += Square(coordinate - quantizer.ValueOf(code));
                covered += Square(coordinate);
                spread += Square(code - WeightScale.MiddleOfFourBits);
                _stripes[SketchLayout.NibbleOf(axis, out var isHigh)] |= (byte)(isHigh ? code << 4 : code);
            }

            end += SketchLayout.StripeBytes[stage];
            _errors[stage] = Math.Sqrt(error);
            _spreads[stage] = Math.Sqrt(spread);
            IsOutlier |= _errors[stage] > ranges.LargestErrorAt(stage);
            StripesTail = SketchEncoding.TailOf(covered);
            _stripes[end - 1] = RestCode(stage, StripesTail + (ranges.ErrorWeightAt(stage) * _errors[stage]), ranges.Rests[stage]);
        }
    }

    private void SetRow(RowRanges ranges)
    {
        const int Stage = SketchLayout.RowStage;
        double covered = 0, error = 0, spread = 0;
        for (var axis = 0; axis < ranges.Axes.Length; axis++)
        {
            double coordinate = _coordinates[axis];
            var quantizer = ranges.Axes[axis];

            // Axis 0 holds most of the norm, has a range of its own and is bounded by its step. On the others a code at the end of the
            // range is as good as any other while the error of all together stays small.
            var code = axis == 0 ? Checked(quantizer.Nearest(coordinate), quantizer) : quantizer.Clamped(coordinate);
            var difference = coordinate - quantizer.ValueOf(code);
            FirstAxisError = axis == 0 ? Math.Max(FirstAxisError, Math.Abs(difference)) : FirstAxisError;
            error += axis == 0 ? 0 : Square(difference);
            covered += Square(coordinate);
            spread += Square(code - WeightScale.MiddleOfSevenBits);
            _row[axis] = (byte)code;
        }

        _errors[Stage] = Math.Sqrt(error);
        IsOutlier |= _errors[Stage] > ranges.LargestError;
        var rest = _row[ranges.Axes.Length] = RestCode(Stage, SketchEncoding.TailOf(covered), ranges.Tail);
        _spreads[Stage] = Math.Sqrt(spread + Square(rest - WeightScale.MiddleOfSevenBits));
    }

    // One that is smaller than the range may be rounded up to its beginning, but a larger one has no code.
    private byte RestCode(int stage, double rest, Quantizer quantizer)
    {
        var code = Checked(Math.Max(0, quantizer.NotBelow(rest)), quantizer);
        _restExcesses[stage] = Math.Max(0, rest - quantizer.ValueOf(code));
        return (byte)code;
    }

    private static double Square(double value) => value * value;

    private int Checked(int code, Quantizer quantizer)
    {
        if (code >= 0 && code <= quantizer.MaxCode)
        {
            return code;
        }

        IsOutlier = true;
        return Math.Clamp(code, 0, quantizer.MaxCode);
    }
}
