namespace RagCaching.ErrorBudgets.Model;

/// <summary>Fits a logistic curve with a normal prior on its weights by Newton's method.</summary>
/// <remarks>
/// Minimises Σ [ln(1 + e^z) − y z] + ½ (w − m)ᵀ P (w − m) with z = wᵀ x. Plain double arithmetic in a fixed order from a fixed start: equal
/// observations give equal bits on every run and instruction set.
/// </remarks>
internal static class LogisticFit
{
    private const double SmallestDecrement = 1e-12;
    private const double SufficientDecrease = 1e-4;
    private const int MaximumSteps = 100;
    private const int MaximumHalvings = 40;

    /// <summary>Fits.</summary>
    /// <param name="rows">Design rows, of which the first value is 1.</param>
    /// <param name="outcomes">Whether the answer was right, row by row.</param>
    /// <param name="prior">What is known about the weights; the fit starts there.</param>
    /// <param name="cancellationToken">Stops the fit between two steps.</param>
    public static LogisticCurve Fit(FeatureRows rows, ReadOnlySpan<bool> outcomes, ModelPrior prior, CancellationToken cancellationToken = default)
    {
        var size = rows.Features;
        var weights = prior.Means.ToArray();
        var gradient = new double[size];
        var step = new double[size];
        var trial = new double[size];
        var curvature = new double[size * size];
        var objective = Objective(rows, outcomes, weights, prior);
        for (var i = 0; i < MaximumSteps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Differentiate(rows, outcomes, weights, prior, gradient, curvature);
            if (!SquareMatrix.TryFactor(curvature, size))
            {
                break;
            }

            gradient.CopyTo(step, 0);
            SquareMatrix.Solve(curvature, size, step);
            var decrement = SquareMatrix.Dot(gradient, step);
            if (decrement < SmallestDecrement || !TryStep(rows, outcomes, weights, prior, step, decrement, trial, ref objective))
            {
                break;
            }
        }

        Differentiate(rows, outcomes, weights, prior, gradient, curvature);
        return SquareMatrix.TryFactor(curvature, size)
            ? new LogisticCurve(weights, SquareMatrix.Invert(curvature, size))
            : throw new InvalidOperationException("The fit has no covariance: a feature is not a finite number.");
    }

    private static bool TryStep(
        FeatureRows rows, ReadOnlySpan<bool> outcomes, double[] weights, ModelPrior prior, double[] step, double decrement, double[] trial, ref double objective)
    {
        var length = 1.0;
        for (var i = 0; i < MaximumHalvings; i++)
        {
            for (var k = 0; k < weights.Length; k++)
            {
                trial[k] = weights[k] - (length * step[k]);
            }

            var reached = Objective(rows, outcomes, trial, prior);
            if (reached <= objective - (SufficientDecrease * length * decrement))
            {
                trial.CopyTo(weights, 0);
                objective = reached;
                return true;
            }

            length /= 2;
        }

        // No shorter step improves on what rounding hides: this is the minimum.
        return false;
    }

    private static double Objective(FeatureRows rows, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights, ModelPrior prior)
    {
        var sum = prior.Cost(weights);
        for (var row = 0; row < rows.Count; row++)
        {
            sum += Logistic.Loss(SquareMatrix.Dot(weights, rows[row]), outcomes[row]);
        }

        return sum;
    }

    private static void Differentiate(
        FeatureRows rows, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights, ModelPrior prior, Span<double> gradient, Span<double> curvature)
    {
        var size = weights.Length;
        prior.Precision.CopyTo(curvature);
        prior.Differentiate(weights, gradient);
        for (var row = 0; row < rows.Count; row++)
        {
            var x = rows[row];
            var probability = Logistic.Of(SquareMatrix.Dot(weights, x));
            var error = probability - (outcomes[row] ? 1 : 0);
            var weight = probability * (1 - probability);
            for (var i = 0; i < size; i++)
            {
                gradient[i] += error * x[i];
                var scaled = weight * x[i];
                for (var k = 0; k <= i; k++)
                {
                    curvature[(i * size) + k] += scaled * x[k];
                }
            }
        }
    }
}
