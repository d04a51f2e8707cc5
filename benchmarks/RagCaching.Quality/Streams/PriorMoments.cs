using RagCaching.Contract.Decisions;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Quality.Streams;

/// <summary>Mean and covariance of the weights of many fits.</summary>
internal static class PriorMoments
{
    // Traffic of tomorrow differs from all that was seen by more than those differ from each other.
    private const double Widening = 1.1;
    private const double LeastVariance = 0.02;

    public static PriorNumbers Of(Standardizer scale, IReadOnlyList<(double[] Weights, double Share)> fits)
    {
        var size = scale.Size;
        var means = new double[size];
        foreach (var (weights, share) in fits)
        {
            for (var i = 0; i < size; i++)
            {
                means[i] += share * weights[i];
            }
        }

        var covariance = new double[size * size];
        foreach (var (weights, share) in fits)
        {
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                {
                    covariance[(row * size) + column] += share * (weights[row] - means[row]) * (weights[column] - means[column]);
                }
            }
        }

        for (var i = 0; i < size; i++)
        {
            covariance[(i * size) + i] = (covariance[(i * size) + i] * Widening) + LeastVariance;
        }

        return new PriorNumbers(scale.Means.ToArray(), scale.Deviations.ToArray(), means, covariance);
    }
}
