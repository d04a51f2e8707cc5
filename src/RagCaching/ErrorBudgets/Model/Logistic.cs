namespace RagCaching.ErrorBudgets.Model;

/// <summary>The logistic curve.</summary>
internal static class Logistic
{
    // ln 2 in two parts: a small integer times the first is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // Beyond this, σ is 0 or 1 to the last bit.
    private const double Steepest = 700;

    // With |r| ≤ ln 2 / 2, the first term left out is below 1e-17.
    private const int Terms = 14;

    /// <summary>Computes σ(z) = 1 / (1 + e^(−z)).</summary>
    public static double Of(double z) => 1 / (1 + Exp(-z));

    /// <summary>Computes ln(1 + e^z) − y z, the cost of predicting σ(z) where the outcome was y, without overflow.</summary>
    public static double Loss(double z, bool outcome) => Math.Max(z, 0) - (outcome ? z : 0) + Math.Log(1 + Exp(-Math.Abs(z)));

    /// <summary>Computes e^x.</summary>
    /// <remarks>
    /// <see cref="Math.Exp"/> is the C library's, whose last bit depends on the library and on the processor; a fit would then differ between
    /// two machines that share their state. This is Taylor's series after taking out powers of two.
    /// </remarks>
    internal static double Exp(double x)
    {
        x = Math.Clamp(x, -Steepest, Steepest);
        var power = Math.Round(x / (Ln2High + Ln2Low));
        var rest = x - (power * Ln2High) - (power * Ln2Low);
        var sum = 1.0;
        for (var term = Terms; term > 0; term--)
        {
            sum = 1 + (rest * sum / term);
        }

        return Math.ScaleB(sum, (int)power);
    }
}
