namespace RagCaching.Calibration.Statistics;

/// <summary>Exact confidence bounds on a share of which a number of independent trials were seen.</summary>
/// <remarks>Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934.</remarks>
internal static class ClopperPearson
{
    /// <summary>Computes the lower bound that holds with a one-sided confidence.</summary>
    /// <param name="count">How many trials had the property.</param>
    /// <param name="trials">How many trials there were; with none, nothing is known and the bound is 0.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static double Lower(long count, long trials, double confidence) =>
        count == 0 ? 0 : IncompleteBeta.Quantile(1 - confidence, count, trials - count + 1);

    /// <summary>Computes the upper bound that holds with a one-sided confidence.</summary>
    /// <param name="count">How many trials had the property.</param>
    /// <param name="trials">How many trials there were; with none, nothing is known and the bound is 1.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static double Upper(long count, long trials, double confidence) =>
        count == trials ? 1 : IncompleteBeta.Quantile(confidence, count + 1, trials - count);
}
