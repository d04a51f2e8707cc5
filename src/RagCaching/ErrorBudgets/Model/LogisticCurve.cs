namespace RagCaching.ErrorBudgets.Model;

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
        Averaged(SquareMatrix.Dot(weights, designRow), SquareMatrix.Quadratic(covariance, designRow));

    /// <summary>Computes the probability that a curve would give that had been fitted without this observation.</summary>
    /// <param name="designRow">One of the rows that the curve was fitted to.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <remarks>One Newton step away from the fit with it. Source: Pregibon, "Logistic regression diagnostics", Annals of Statistics 9, 1981.</remarks>
    public double ProbabilityWithout(ReadOnlySpan<double> designRow, bool outcome)
    {
        var z = SquareMatrix.Dot(weights, designRow);
        var variance = SquareMatrix.Quadratic(covariance, designRow);
        var probability = Logistic.Of(z);
        var others = 1 - (probability * (1 - probability) * variance);
        return Averaged(z - (variance * ((outcome ? 1 : 0) - probability) / others), variance / others);
    }

    private static double Averaged(double z, double variance) => Logistic.Of(z / Math.Sqrt(1 + (Math.PI * variance / 8)));
}
