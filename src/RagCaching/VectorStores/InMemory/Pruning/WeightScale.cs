namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>Rounds a query's coordinates to integer weights on one scale, and keeps account of what the rounding costs.</summary>
/// <remarks>
/// The axes are taken in order, and each stage's tail after its axes. A scratch object, like its owner <see cref="SketchQuery"/>.
/// </remarks>
internal sealed class WeightScale
{
    private const double SmallestScale = 1e-30;

    private SketchEncoding _encoding = null!;
    private float[] _coordinates = [];
    private double _covered;
    private double _scale;
    private double _constant;
    private double _errorSum;
    private double _errorSquares;
    private double _coordinateSquares;

    /// <summary>Chooses the scale from a stage and starts with nothing covered.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="coordinates">The query's coordinates; those of later stages may come later.</param>
    /// <param name="firstStage">The stage, which all axes before its end belong to.</param>
    public void Begin(SketchEncoding encoding, float[] coordinates, int firstStage)
    {
        (_encoding, _coordinates) = (encoding, coordinates);
        (_covered, _constant, _errorSum, _errorSquares, _coordinateSquares) = (0, 0, 0, 0, 0);
        var (largest, covered) = (0.0, 0.0);
        for (var axis = 0; axis < encoding.Layout.AxesAt(firstStage); axis++)
        {
            double coordinate = coordinates[axis];
            covered += coordinate * coordinate;
            largest = Math.Max(largest, Math.Abs(coordinate * encoding.Axes[axis].Step));
        }

        largest = Math.Max(largest, SketchEncoding.TailOf(covered) * encoding.Tails[firstStage].Step);
        _scale = Math.Max(largest / Quantizer.MaxCode, SmallestScale);
    }

    /// <summary>Rounds the next axis.</summary>
    public sbyte OfAxis(int axis)
    {
        double coordinate = _coordinates[axis];
        var quantizer = _encoding.Axes[axis];
        var weight = Round(coordinate * quantizer.Step, out var error);
        _constant += (coordinate * quantizer.Offset) + (error * SketchCodes.MiddleCode);
        _errorSum += Math.Abs(error);
        _errorSquares += error * error;
        _covered += coordinate * coordinate;
        _coordinateSquares += axis == 0 ? 0 : coordinate * coordinate;

        return weight;
    }

    /// <summary>Rounds the tail of a stage whose axes have all been rounded.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="bound">Receives what the stage's sums mean.</param>
    public sbyte OfTail(int stage, out StageBound bound)
    {
        var quantizer = _encoding.Tails[stage];
        var tail = SketchEncoding.TailOf(_covered);
        var weight = Round(tail * quantizer.Step, out var error);
        bound = new StageBound
        {
            Scale = _scale,
            Constant = _constant + (tail * quantizer.Offset) + (error * SketchCodes.MiddleCode),
            WeightErrorSum = SketchCodes.MiddleCode * (_errorSum + Math.Abs(error)),
            WeightErrorNorm = Math.Sqrt(_errorSquares + (error * error)),
            FirstCoordinate = Math.Abs(_coordinates[0]),
            FirstAxisError = _encoding.Axes[0].Step / 2,
            Tail = tail,
            CoordinateNorm = Math.Sqrt(_coordinateSquares),
        };
        return weight;
    }

    private sbyte Round(double value, out double error)
    {
        var weight = Math.Clamp(Math.Round(value / _scale), -Quantizer.MaxCode, Quantizer.MaxCode);
        error = value - (_scale * weight);
        return (sbyte)weight;
    }
}
