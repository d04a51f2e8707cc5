namespace RagCaching.ErrorBudgets.Model;

/// <summary>The expected share of wrong answers among some requests, with the uncertainty of that average.</summary>
/// <remarks>Bounding each request on its own would add the uncertainties up as if all were wrong together.</remarks>
internal sealed class Prefix(LogisticCurve curve)
{
    private readonly double[] _gradient = new double[curve.Weights.Length];
    private double _errors;
    private int _count;

    /// <summary>Gets the mean of 1 − p.</summary>
    public double Error => _errors / _count;

    /// <summary>Gets the standard error of <see cref="Error"/>: the length, in the metric of the covariance, of the mean gradient p(1 − p) x.</summary>
    public double StandardError => Math.Sqrt(SquareMatrix.Quadratic(curve.Covariance, _gradient)) / _count;

    public void Add(ReadOnlySpan<double> designRow, double probability)
    {
        _count++;
        _errors += 1 - probability;
        for (var i = 0; i < _gradient.Length; i++)
        {
            _gradient[i] += probability * (1 - probability) * designRow[i];
        }
    }

    public double UpperError(double deviations) => Error + (deviations * StandardError);
}
