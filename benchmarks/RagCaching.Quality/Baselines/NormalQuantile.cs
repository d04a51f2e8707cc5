namespace RagCaching.Quality.Baselines;

/// <summary>The quantile of the standard normal distribution.</summary>
internal static class NormalQuantile
{
    private const int Steps = 60;
    private const double Farthest = 10;

    /// <summary>Finds the z below which a probability lies.</summary>
    /// <param name="probability">In (0, 1).</param>
    public static double Of(double probability)
    {
        double low = -Farthest, high = Farthest;
        for (var i = 0; i < Steps; i++)
        {
            var middle = (low + high) / 2;
            if (Cumulated(middle) < probability)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    // The integral of the density by its series, NIST DLMF 7.6.2: it converges everywhere and loses few digits up to 6.
    private static double Cumulated(double z)
    {
        if (Math.Abs(z) > 6)
        {
            return z < 0 ? 0 : 1;
        }

        var (term, sum) = (z, z);
        for (var i = 1; Math.Abs(term) > 1e-17; i++)
        {
            term *= z * z / ((2 * i) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
    }
}
