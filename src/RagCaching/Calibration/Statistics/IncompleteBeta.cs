namespace RagCaching.Calibration.Statistics;

/// <summary>The regularised incomplete beta function: the probability that a Beta(a, b) variable is at most x.</summary>
internal static class IncompleteBeta
{
    private const int MaximumTerms = 10_000;
    private const double Precision = 1e-15;
    private const double Tiny = 1e-300;

    // Every step of the bisection gains a bit.
    private const int BisectionSteps = 64;

    /// <summary>Computes I_x(a, b).</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="a">Positive.</param>
    /// <param name="b">Positive.</param>
    /// <remarks>Source: the continued fraction of NIST Digital Library of Mathematical Functions 8.17.22, evaluated by Lentz's method.</remarks>
    public static double Of(double x, double a, double b)
    {
        if (x <= 0)
        {
            return 0;
        }

        if (x >= 1)
        {
            return 1;
        }

        // The fraction converges quickly on one side of the mean; the other side is its mirror image.
        return x < (a + 1) / (a + b + 2) ? Prefix(x, a, b) * Fraction(x, a, b) : 1 - (Prefix(1 - x, b, a) * Fraction(1 - x, b, a));
    }

    /// <summary>Finds the x at which I_x(a, b) reaches a probability.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <param name="a">Positive.</param>
    /// <param name="b">Positive.</param>
    public static double Quantile(double probability, double a, double b)
    {
        double low = 0, high = 1;
        for (var i = 0; i < BisectionSteps; i++)
        {
            var middle = (low + high) / 2;
            if (Of(middle, a, b) < probability)
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

    private static double Prefix(double x, double a, double b) =>
        Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - LogGamma.OfBeta(a, b)) / a;

    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / AwayFromZero(1 - ((a + b) * x / (a + 1)));
        var result = d;
        for (var m = 1; m <= MaximumTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / AwayFromZero(1 + (even * d));
            c = AwayFromZero(1 + (even / c));
            result *= d * c;

            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / AwayFromZero(1 + (odd * d));
            c = AwayFromZero(1 + (odd / c));
            result *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return result;
    }

    private static double AwayFromZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
