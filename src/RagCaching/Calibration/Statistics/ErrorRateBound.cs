namespace RagCaching.Calibration.Statistics;

/// <summary>An upper bound on a rate of errors that holds simultaneously at all times, however often it is read.</summary>
/// <remarks>
/// A mixture of likelihoods over a Beta(a, b) prior is a martingale under the true rate, so with probability 1 − α it never reaches 1/α
/// times the likelihood of the true rate (Ville's inequality). The bound is the largest rate for which it has not.
/// Source: Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 41, 1970.
/// </remarks>
internal static class ErrorRateBound
{
    // The prior's mean is near the rate that is aimed at, and it weighs little.
    private const double PriorErrors = 0.5;
    private const int BisectionSteps = 64;

    /// <summary>Computes the bound.</summary>
    /// <param name="errors">How many audits found an error.</param>
    /// <param name="audits">How many audits there were; with none, nothing is known and the bound is 1.</param>
    /// <param name="expectedRate">The rate that is aimed at, in (0, 1): where the bound is sharpest. Any value is valid.</param>
    /// <param name="alpha">The probability that the bound is ever wrong, in (0, 1).</param>
    public static double Upper(long errors, long audits, double expectedRate, double alpha)
    {
        if (audits == 0)
        {
            return 1;
        }

        var b = PriorErrors / expectedRate;
        var evidence = LogGamma.OfBeta(PriorErrors + errors, b + audits - errors) - LogGamma.OfBeta(PriorErrors, b) + Math.Log(alpha);
        double low = (double)errors / audits, high = 1;
        for (var i = 0; i < BisectionSteps; i++)
        {
            var middle = (low + high) / 2;
            if (evidence < LogLikelihood(errors, audits, middle))
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private static double LogLikelihood(long errors, long audits, double rate) =>
        (errors == 0 ? 0 : errors * Math.Log(rate)) + (errors == audits ? 0 : (audits - errors) * Math.Log(1 - rate));
}
