using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets.Model;

/// <summary>A curve over one feature whose place is uncertain and whose slope is known, so that its average can be had by adding up as well.</summary>
[Trait("Category", "Kernel")]
public sealed class LogisticCurveTests
{
    private const double FourDigits = 5e-5;

    // What a probit in place of the curve is known to be off by at most.
    private const double Approximation = 0.006;

    [Theory]
    [InlineData(26.0652, .84903, .00122, .92, .83205, .83286)]
    [InlineData(26.0652, .84903, .00122, .99, .96445, .96047)]
    [InlineData(11.87777, .71209, .00575, .92, .89746, .89571)]
    [InlineData(11.87777, .71209, .00575, .99, .95028, .94657)]
    [InlineData(105.40116, .86466, .00012, .85, .22412, .22153)]
    [InlineData(105.40116, .86466, .00012, .92, .99449, .99138)]
    [InlineData(105.40116, .86466, .00012, .99, 1, .99998)]
    public void Probability_UncertainPlace_HasTheSpecifiedApproximation(double slope, double place, double variance, double at, double exact, double specified)
    {
        var curve = new LogisticCurve([-slope * place, slope], [slope * slope * variance, 0, 0, 0]);

        var probability = curve.Probability([1, at]);

        // The parameters are rounded, and the steepest curve turns the last digit of its variance into the third of the probability.
        Assert.Equal(specified, probability, Math.Max(FourDigits, slope * variance / 5));
        Assert.Equal(exact, probability, Approximation);
        Assert.Equal(exact, Averaged(slope, place, variance, at), Math.Max(FourDigits, slope * variance / 5));
    }

    private static double Averaged(double slope, double place, double variance, double at)
    {
        const int Steps = 4_000;
        const double Reach = 8;
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i <= Steps; i++)
        {
            var deviations = Reach * ((2.0 * i / Steps) - 1);
            var weight = Math.Exp(-deviations * deviations / 2);
            sum += weight / (1 + Math.Exp(-slope * (at - place - (deviations * Math.Sqrt(variance)))));
            weights += weight;
        }

        return sum / weights;
    }
}
