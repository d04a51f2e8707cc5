using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>Rounds a query's coordinates to integer weights on one scale, and keeps account of what the rounding costs.</summary>
/// <remarks>The axes are taken in order, and each stage's rest after its axes. A scratch object, like its owner <see cref="SketchQuery"/>.</remarks>
internal sealed class WeightScale
{
    /// <summary>The middle of the codes of four bits; sums are taken relative to it, which makes them small.</summary>
    public const double MiddleOfFourBits = 7.5;

    /// <summary>The middle of the codes of seven bits.</summary>
    public const double MiddleOfSevenBits = 64;

    /// <summary>The weight of a whole byte counts so many times less than others, so that it is rounded so many times more finely.</summary>
    public const int Fineness = StripeKernel.Fineness;

    private const double MiddleOfEightBits = 127.5;
    private const int LargestWeight = 127;
    private const int LargestFineWeight = short.MaxValue;
    private const double SmallestScale = 1e-30;

    private double _middle;
    private double _scale;
    private double _covered;
    private double _constant;
    private double _errorSum;
    private double _errorSquares;
    private double _coordinateSquares;
    private double _firstCoordinate;
    private double _firstAxisError;

    /// <summary>Chooses the scale and starts with nothing covered.</summary>
    /// <param name="largest">The largest product of a coordinate and a step; a larger one is cut off, which its error accounts for.</param>
    /// <param name="largestFine">The largest such product of a whole byte.</param>
    /// <param name="middle">The middle of the codes.</param>
    public void Begin(double largest, double largestFine, double middle)
    {
        _scale = Math.Max(SmallestScale, Math.Max(largest / LargestWeight, largestFine * Fineness / LargestFineWeight));
        _middle = middle;
        (_covered, _constant, _errorSum, _errorSquares, _coordinateSquares) = (0, 0, 0, 0, 0);
    }

    /// <summary>Gets the norm of what the axes so far do not cover of the query.</summary>
    public double Tail => SketchEncoding.TailOf(_covered);

    /// <summary>Rounds the weight of axis 0 as that of a whole byte.</summary>
    public short OfFirstByte(double coordinate, Quantizer quantizer)
    {
        CoverFirst(coordinate, quantizer);
        return Fine(coordinate, quantizer, ref _constant);
    }

    /// <summary>Rounds the weight of axis 0.</summary>
    public sbyte OfFirstAxis(double coordinate, Quantizer quantizer)
    {
        CoverFirst(coordinate, quantizer);
        return Coarse(coordinate, quantizer, ref _constant);
    }

    /// <summary>Rounds the weight of the next axis.</summary>
    public sbyte OfAxis(double coordinate, Quantizer quantizer)
    {
        _covered += coordinate * coordinate;
        _coordinateSquares += coordinate * coordinate;
        return Coarse(coordinate, quantizer, ref _constant);
    }

    /// <summary>Rounds the weight of the rest after a stage as that of a whole byte.</summary>
    /// <param name="quantizer">The range of the rests, <c>t + ρ·e</c>.</param>
    /// <param name="errorWeight">Their <c>ρ</c>.</param>
    /// <param name="bound">Receives what the stage's sums mean.</param>
    public short OfRestByte(Quantizer quantizer, double errorWeight, out StageBound bound)
    {
        var (tail, constant) = (Tail, _constant);
        var weight = Fine(tail, quantizer, ref constant);
        bound = Bound(_scale / Fineness, constant, tail, errorWeight);
        return weight;
    }

    /// <summary>Rounds the weight of the norm of the rest; no axis may follow.</summary>
    /// <param name="quantizer">Its range.</param>
    /// <param name="bound">Receives what the stage's sums mean.</param>
    public sbyte OfTail(Quantizer quantizer, out StageBound bound)
    {
        var tail = Tail;
        var weight = Coarse(tail, quantizer, ref _constant);
        bound = Bound(_scale, _constant, tail, errorWeight: 0);
        return weight;
    }

    private StageBound Bound(double scale, double constant, double tail, double errorWeight) => new()
    {
        Scale = scale,
        Constant = constant,
        WeightErrorSum = _middle * _errorSum,
        WeightErrorNorm = Math.Sqrt(_errorSquares),
        FirstCoordinate = _firstCoordinate,
        FirstAxisError = _firstAxisError,
        Tail = tail,
        ErrorFactor = Math.Max(0, Math.Sqrt(_coordinateSquares) - (errorWeight * tail)),
    };

    private void CoverFirst(double coordinate, Quantizer quantizer)
    {
        _firstCoordinate = Math.Abs(coordinate);
        _firstAxisError = quantizer.Step / 2;
        _covered += coordinate * coordinate;
    }

    private sbyte Coarse(double coordinate, Quantizer quantizer, ref double constant)
    {
        var weight = Round(coordinate * quantizer.Step, _scale, LargestWeight, out var error);
        constant += (coordinate * quantizer.Offset) + (error * _middle);
        _errorSum += Math.Abs(error);
        _errorSquares += error * error;
        return (sbyte)weight;
    }

    // So fine a weight has so small an error that it may count in full.
    private short Fine(double coordinate, Quantizer quantizer, ref double constant)
    {
        var weight = Round(coordinate * quantizer.Step, _scale / Fineness, LargestFineWeight, out var error);
        constant += (coordinate * quantizer.Offset) + ((error + Math.Abs(error)) * MiddleOfEightBits);
        return (short)weight;
    }

    private static double Round(double value, double scale, int largest, out double error)
    {
        var weight = Math.Clamp(Math.Round(value / scale), -largest, largest);
        error = value - (scale * weight);
        return weight;
    }
}
