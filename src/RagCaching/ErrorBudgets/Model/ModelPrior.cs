namespace RagCaching.ErrorBudgets.Model;

/// <summary>What other people's traffic says about the weights of a curve: a normal distribution, over features at a fixed scale.</summary>
/// <param name="standardizer">The scale of the features.</param>
/// <param name="means">The mean of each weight, that of the intercept first.</param>
/// <param name="precision">The inverse of their covariance, row-major.</param>
internal sealed class ModelPrior(Standardizer standardizer, double[] means, double[] precision)
{
    private const double InterceptRidge = 1e-4;
    private const double FeatureRidge = 1;

    public Standardizer Standardizer => standardizer;

    public ReadOnlySpan<double> Means => means;

    public ReadOnlySpan<double> Precision => precision;

    /// <summary>Makes a prior of means and a covariance.</summary>
    /// <exception cref="FormatException">The covariance is not positive definite.</exception>
    public static ModelPrior FromCovariance(Standardizer standardizer, double[] means, double[] covariance)
    {
        var factor = (double[])covariance.Clone();
        return SquareMatrix.TryFactor(factor, means.Length)
            ? new ModelPrior(standardizer, means, SquareMatrix.Invert(factor, means.Length))
            : throw new FormatException("The covariance of a prior must be positive definite.");
    }

    /// <summary>Makes the prior of those who know nothing: a ridge, which makes the minimum of a fit unique even where a line separates right from wrong.</summary>
    public static ModelPrior Ridge(Standardizer standardizer)
    {
        var size = standardizer.Size;
        var precision = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            precision[(i * size) + i] = i == 0 ? InterceptRidge : FeatureRidge;
        }

        return new ModelPrior(standardizer, new double[size], precision);
    }

    /// <summary>Computes the cost of weights, and adds its gradient.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public void Differentiate(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        var size = means.Length;
        for (var row = 0; row < size; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < size; column++)
            {
                sum += precision[(row * size) + column] * (weights[column] - means[column]);
            }

            gradient[row] = sum;
        }
    }

    /// <summary>Computes half the squared distance of weights from the means, in the metric of the precision.</summary>
    public double Cost(ReadOnlySpan<double> weights)
    {
        var size = means.Length;
        var sum = 0.0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                sum += 0.5 * precision[(row * size) + column] * (weights[row] - means[row]) * (weights[column] - means[column]);
            }
        }

        return sum;
    }
}
