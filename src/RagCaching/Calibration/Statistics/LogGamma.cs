namespace RagCaching.Calibration.Statistics;

/// <summary>The logarithm of the gamma function, and what is made of it.</summary>
/// <remarks>Plain double arithmetic in a fixed order: equal arguments give equal results, whatever instructions the machine has.</remarks>
internal static class LogGamma
{
    // From here on, the terms of the series that are left out are below 1e-16.
    private const double SeriesFrom = 12;
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Computes ln Γ(x).</summary>
    /// <param name="x">Positive.</param>
    /// <remarks>Source: Stirling's series, NIST Digital Library of Mathematical Functions 5.11.1, after shifting the argument up by Γ(x + 1) = x Γ(x).</remarks>
    public static double Of(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);

        var shift = 0.0;
        while (x < SeriesFrom)
        {
            shift += Math.Log(x);
            x++;
        }

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * (1.0 / 1188)))))))));
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + series - shift;
    }

    /// <summary>Computes ln B(a, b), the logarithm of the beta function.</summary>
    public static double OfBeta(double a, double b) => Of(a) + Of(b) - Of(a + b);
}
