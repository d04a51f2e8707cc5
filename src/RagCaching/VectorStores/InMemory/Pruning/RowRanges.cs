namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>The ranges of the codes of stage 4, fitted to a sample.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class RowRanges
{
    private const double LeastDeviations = 4.2;

    /// <summary>As <see cref="LeastDeviations"/> for axis 0, whose range is narrow anyway and which no error may leave.</summary>
    private const double LeastDeviationsOfMean = 6;

    /// <summary>How much larger than the sample's largest an error may be: hardly any vector gets to this stage, so a large one costs little.</summary>
    private const double ErrorMargin = 1.5;

    // Where the axes hardly matter, rounding noise must not make outliers.
    private const double LeastError = 1e-6;

    /// <summary>The tail of a vector that no axis covers, and a little for rounding.</summary>
    private const double LongestTail = 1.001;

    private readonly Quantizer[] _axes;

    /// <summary>Fits the ranges.</summary>
    public RowRanges(CodeSample sample, SketchLayout layout)
    {
        _axes = new Quantizer[layout.AxesAt(SketchLayout.RowStage)];
        for (var axis = 0; axis < _axes.Length; axis++)
        {
            _axes[axis] = sample.SpreadOf(axis).RangeOfAll(axis == 0 ? LeastDeviationsOfMean : LeastDeviations, Quantizer.SevenBits);
        }

        Tail = AxisSpread.Of(sample.Tails(_axes.Length)).RangeOfNorms(LeastDeviations, LongestTail, Quantizer.SevenBits);
        var largest = 0.0;
        for (var i = 0; i < sample.Count; i++)
        {
            var squares = 0.0;
            var coordinates = sample[i];
            for (var axis = 1; axis < _axes.Length; axis++)
            {
                var error = coordinates[axis] - _axes[axis].ValueOf(_axes[axis].Nearest(coordinates[axis]));
                squares += error * error;
            }

            largest = Math.Max(largest, squares);
        }

        LargestError = (ErrorMargin * Math.Sqrt(largest)) + LeastError;
    }

    public ReadOnlySpan<Quantizer> Axes => _axes;

    /// <summary>Gets the range of the norm of what the axes do not cover.</summary>
    public Quantizer Tail { get; }

    /// <summary>Gets the largest rounding error that a vector's codes may have; with a larger one it is an outlier.</summary>
    public double LargestError { get; }
}
