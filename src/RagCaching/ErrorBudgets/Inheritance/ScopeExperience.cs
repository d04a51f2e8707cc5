using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets.Inheritance;

/// <summary>What a scope's own labels say about the curve: a handful of numbers, and nothing about any question or answer.</summary>
/// <param name="Scale">The scale of the features.</param>
/// <param name="Weights">The weights, that of the intercept first.</param>
internal sealed record ScopeExperience(Standardizer Scale, double[] Weights)
{
    private const int LeastLabels = 200;
    private const int LeastOfEach = 10;

    /// <summary>Tells whether a scope has seen enough to be listened to.</summary>
    /// <param name="outcomes">The outcomes of its labels.</param>
    public static bool IsEnough(ReadOnlySpan<bool> outcomes)
    {
        var right = outcomes.Count(true);
        return outcomes.Length >= LeastLabels && Math.Min(right, outcomes.Length - right) >= LeastOfEach;
    }

    /// <summary>Gets the weights of the same curve over features at another scale.</summary>
    public double[] At(Standardizer scale)
    {
        var weights = new double[Weights.Length];
        weights[0] = Weights[0];
        for (var i = 1; i < weights.Length; i++)
        {
            var perUnit = Weights[i] / Scale.Deviations[i - 1];
            weights[i] = perUnit * scale.Deviations[i - 1];
            weights[0] += perUnit * (scale.Means[i - 1] - Scale.Means[i - 1]);
        }

        return weights;
    }
}
