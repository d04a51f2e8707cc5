namespace RagCaching.Quality.Baselines;

/// <summary>What vCache knows about one stored answer: a logistic curve over similarity, and how uncertain its threshold is.</summary>
/// <remarks>
/// Source: "vCache: Verified Semantic Prompt Caching", arXiv 2502.03771, from the mathematics alone. Where a threshold separates right from wrong, the likelihood has no
/// maximum; the paper then uses a table of its authors' measurements, and a small ridge stands for it here.
/// </remarks>
internal sealed class VCacheCurve
{
    private const double SeparableRidge = 0.01;
    private const double SmallestSlope = 1e-6;
    private const int MaximumSteps = 200;

    // Spaced evenly in the logarithm: an even grid cannot serve more often than the budget over its smallest step.
    private const int GridPoints = 100;

    private static readonly (double Epsilon, double Quantile)[] LogGrid =
        [.. Enumerable.Range(0, GridPoints).Select(i => Math.Pow(10, -6 + (5.9 * i / (GridPoints - 1)))).Select(epsilon => (epsilon, NormalQuantile.Of(1 - epsilon)))];

    private static readonly (double Epsilon, double Quantile)[] EvenGrid =
        [.. Enumerable.Range(0, 50).Select(i => 1e-6 + (i * (1 - 2e-6) / 49)).Select(epsilon => (epsilon, NormalQuantile.Of(1 - epsilon)))];

    private VCacheCurve(double intercept, double slope, double variance)
    {
        Intercept = intercept;
        Slope = Math.Max(slope, SmallestSlope);
        Threshold = Math.Clamp(-intercept / Slope, 0, 1);
        Variance = variance;
    }

    public double Intercept { get; }

    public double Slope { get; }

    /// <summary>Gets the similarity at which right and wrong are equally likely.</summary>
    public double Threshold { get; }

    /// <summary>Gets the variance of the threshold, by the delta method.</summary>
    public double Variance { get; }

    /// <summary>Fits the curve by maximum likelihood.</summary>
    /// <param name="observations">Similarities and outcomes, with the two that every answer starts with.</param>
    public static VCacheCurve Fit(IReadOnlyList<(double Similarity, bool IsRight)> observations)
    {
        var isSeparable = observations.Where(seen => seen.IsRight).Min(seen => seen.Similarity) > observations.Where(seen => !seen.IsRight).Max(seen => seen.Similarity);
        var ridge = isSeparable ? SeparableRidge : 0;
        var (b, g) = (0.0, 0.0);
        var (h00, h01, h11) = (0.0, 0.0, 0.0);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var (d0, d1) = (ridge * b, ridge * g);
            (h00, h01, h11) = (ridge, 0, ridge);
            foreach (var (similarity, isRight) in observations)
            {
                var p = Sigmoid(b + (g * similarity));
                var weight = p * (1 - p);
                d0 += p - (isRight ? 1 : 0);
                d1 += (p - (isRight ? 1 : 0)) * similarity;
                h00 += weight;
                h01 += weight * similarity;
                h11 += weight * similarity * similarity;
            }

            var determinant = (h00 * h11) - (h01 * h01);
            var (s0, s1) = (((h11 * d0) - (h01 * d1)) / determinant, ((h00 * d1) - (h01 * d0)) / determinant);
            var length = Halve(observations, ridge, b, g, s0, s1);
            (b, g) = (b - (length * s0), g - (length * s1));
            if (Math.Abs(s0) + Math.Abs(s1) < 1e-10)
            {
                break;
            }
        }

        var inverse = (h00 * h11) - (h01 * h01);
        var slope = Math.Max(g, SmallestSlope);
        var (g0, g1) = (-1 / slope, b / (slope * slope));
        var variance = ((g0 * g0 * h11) - (2 * g0 * g1 * h01) + (g1 * g1 * h00)) / inverse;
        return new VCacheCurve(b, g, variance);
    }

    /// <summary>Computes the lower bound on the probability that the answer is right, α*.</summary>
    public double LowerBound(double similarity, bool useEvenGrid = false)
    {
        var deviation = Math.Sqrt(Variance);
        var best = 0.0;
        foreach (var (epsilon, quantile) in useEvenGrid ? EvenGrid : LogGrid)
        {
            var threshold = Math.Clamp(Threshold + (quantile * deviation), 0, 1);
            best = Math.Max(best, (1 - epsilon) * Sigmoid(Slope * (similarity - threshold)));
        }

        return best;
    }

    /// <summary>Computes how often a match may be served, so that at most a share δ of all requests gets a wrong answer.</summary>
    public double ServeProbability(double similarity, double maxErrorRate, bool useEvenGrid = false) =>
        Math.Min(1, maxErrorRate / (1 - LowerBound(similarity, useEvenGrid)));

    private static double Halve(IReadOnlyList<(double Similarity, bool IsRight)> observations, double ridge, double b, double g, double s0, double s1)
    {
        var before = Loss(observations, ridge, b, g);
        var length = 1.0;
        while (length > 1e-9 && Loss(observations, ridge, b - (length * s0), g - (length * s1)) > before)
        {
            length /= 2;
        }

        return length;
    }

    private static double Loss(IReadOnlyList<(double Similarity, bool IsRight)> observations, double ridge, double b, double g)
    {
        var sum = ridge * ((b * b) + (g * g)) / 2;
        foreach (var (similarity, isRight) in observations)
        {
            var z = b + (g * similarity);
            sum += Math.Max(z, 0) - (isRight ? z : 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }

        return sum;
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
