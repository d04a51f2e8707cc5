using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets.Inheritance;

/// <summary>Makes the prior of a new scope of what other scopes have learnt, so that no few of them decide it.</summary>
/// <remarks>
/// Scopes belong to different owners, and one of them may want the budgets of the others to be loose. Each counts once, however many labels it has; the centre is the median of each weight, which nothing that
/// less than half of the scopes say can move beyond what the others say; and deviations from it are cut off at three times their own median, so that what is far out makes the prior wider, and a wider prior serves less.
/// </remarks>
internal static class InheritedPrior
{
    /// <summary>The fewest scopes from which anything is inherited.</summary>
    public const int LeastScopes = 5;

    // Beyond so many robust deviations a weight counts as if it were there.
    private const double FarthestDeviations = 3;

    // Scales the median of absolute deviations to the standard deviation of a normal distribution.
    private const double NormalScale = 1.4826;
    private const double LeastDeviation = 0.2;

    // A new scope differs from all that were seen by more than few of them can show.
    private const double LeastVariance = 0.1;

    /// <summary>Makes the prior.</summary>
    /// <param name="scopes">What scopes have learnt, in an order that does not depend on time.</param>
    /// <returns><see langword="null"/> where there are too few.</returns>
    public static ModelPrior? Of(IReadOnlyList<ScopeExperience> scopes)
    {
        if (scopes.Count < LeastScopes)
        {
            return null;
        }

        var size = scopes[0].Scale.Size;
        var scale = new Standardizer(
            [.. Enumerable.Range(0, size - 1).Select(i => Median(scopes.Select(scope => scope.Scale.Means[i])))],
            [.. Enumerable.Range(0, size - 1).Select(i => Median(scopes.Select(scope => scope.Scale.Deviations[i])))]);
        double[][] weights = [.. scopes.Select(scope => scope.At(scale))];
        double[] centre = [.. Enumerable.Range(0, size).Select(i => Median(weights.Select(scope => scope[i])))];
        double[] farthest = [.. Enumerable.Range(0, size).Select(i =>
            FarthestDeviations * Math.Max(LeastDeviation, NormalScale * Median(weights.Select(scope => Math.Abs(scope[i] - centre[i])))))];
        return ModelPrior.FromCovariance(scale, centre, Covariance(weights, centre, farthest));
    }

    private static double[] Covariance(double[][] weights, double[] centre, double[] farthest)
    {
        var size = centre.Length;
        var covariance = new double[size * size];
        foreach (var scope in weights)
        {
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                {
                    covariance[(row * size) + column] += Deviation(scope, row) * Deviation(scope, column) / (weights.Length - 1);
                }
            }
        }

        for (var i = 0; i < size; i++)
        {
            covariance[(i * size) + i] = (covariance[(i * size) + i] * (1 + (1.0 / weights.Length))) + LeastVariance;
        }

        return covariance;

        double Deviation(double[] scope, int i) => Math.Clamp(scope[i] - centre[i], -farthest[i], farthest[i]);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
