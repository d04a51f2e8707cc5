namespace RagCaching.Semantic.Decisions.Budget;

/// <summary>A fitted probability that an answer is right, with its uncertainty.</summary>
/// <param name="weights">The weight of each value of a design row.</param>
/// <param name="covariance">Their covariance, row-major.</param>
internal sealed class LogisticCurve(double[] weights, double[] covariance)
{
    public ReadOnlySpan<double> Weights => weights;

    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Computes the probability, averaged over what the weights may be.</summary>
    /// <remarks>
    /// The average of a logistic curve over a normal distribution has no closed form; this approximation replaces the curve by a probit.
    /// Source: MacKay, "The evidence framework applied to classification networks", Neural Computation 4, 1992.
    /// </remarks>
    public double Probability(ReadOnlySpan<double> designRow) =>
        Logistic.Of(SquareMatrix.Dot(weights, designRow) / Math.Sqrt(1 + (Math.PI * SquareMatrix.Quadratic(covariance, designRow) / 8)));
}
