namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The ranges of the codes of the stripes, fitted to a sample.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class StripeRanges
{
    /// <summary>
    /// The half range of a code of four bits in standard deviations, which keeps the mean square of the errors smallest for a normal distribution. What is outside has a large
    /// error instead of being an outlier.
    /// </summary>
    private const double Deviations = 2.5;

    /// <summary>The half range of axis 0, which is narrow anyway and which no error may leave.</summary>
    private const double LeastDeviationsOfMean = 6;

    /// <summary>The least half range of the bytes for what is missing.</summary>
    private const double LeastDeviationsOfRest = 4.2;

    /// <summary>How much larger than the sample's largest an error may be.</summary>
    private const double ErrorMargin = 1.2;

    private const double LeastError = 1e-6;

    /// <summary>The share of vectors whose own <c>ρ</c> is lower than the one that is used; a query with a higher one pays for the largest error of all.</summary>
    private const double LowerRatios = 0.75;

    private readonly Quantizer[] _axes = new Quantizer[SketchLayout.StripesAxes];
    private readonly Quantizer[] _rests = new Quantizer[SketchLayout.Stripes];
    private readonly double[] _errorWeights = new double[SketchLayout.Stripes];
    private readonly double[] _largestErrors = new double[SketchLayout.Stripes];

    /// <summary>Fits the ranges.</summary>
    public StripeRanges(CodeSample sample, SketchLayout layout)
    {
        _axes[0] = sample.SpreadOf(0).RangeOfAll(LeastDeviationsOfMean, Quantizer.EightBits);
        for (var axis = 1; axis < _axes.Length; axis++)
        {
            _axes[axis] = sample.SpreadOf(axis).RangeOfMost(Deviations, Quantizer.FourBits);
        }

        for (var stage = 0; stage < SketchLayout.Stripes; stage++)
        {
            var axes = layout.AxesAt(stage);
            var tails = sample.Tails(axes);
            var (norms, errors) = (new double[tails.Length], new double[tails.Length]);
            for (var i = 0; i < tails.Length; i++)
            {
                (norms[i], errors[i]) = NormAndError(sample[i][..axes]);
            }

            double[] ratios = [.. norms.Zip(tails, static (norm, tail) => norm / tail).Order()];
            var weight = _errorWeights[stage] = ratios[(int)(LowerRatios * (ratios.Length - 1))];
            double[] rests = [.. tails.Zip(errors, (tail, error) => tail + (weight * error))];
            _rests[stage] = AxisSpread.Of(rests).RangeOfNorms(LeastDeviationsOfRest, double.MaxValue, Quantizer.EightBits);
            _largestErrors[stage] = (ErrorMargin * errors.Max()) + LeastError;
        }
    }

    public ReadOnlySpan<Quantizer> Axes => _axes;

    /// <summary>Gets the ranges of what is missing after each stage: <c>t + ρ·e</c>.</summary>
    public ReadOnlySpan<Quantizer> Rests => _rests;

    /// <summary>Gets how much a rounding error counts beside the norm of the rest, <c>ρ</c>.</summary>
    public double ErrorWeightAt(int stage) => _errorWeights[stage];

    /// <summary>Gets the largest rounding error that a vector's codes may have at a stage; with a larger one it is an outlier.</summary>
    public double LargestErrorAt(int stage) => _largestErrors[stage];

    private (double Norm, double Error) NormAndError(ReadOnlySpan<float> coordinates)
    {
        var (norm, squares) = (0.0, 0.0);
        for (var axis = 1; axis < coordinates.Length; axis++)
        {
            double coordinate = coordinates[axis];
            var error = coordinate - _axes[axis].ValueOf(_axes[axis].Clamped(coordinate));
            squares += error * error;
            norm += coordinate * coordinate;
        }

        return (Math.Sqrt(norm), Math.Sqrt(squares));
    }
}
