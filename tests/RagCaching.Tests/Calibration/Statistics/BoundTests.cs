using RagCaching.Calibration.Statistics;

namespace RagCaching.Tests.Calibration.Statistics;

[Trait("Category", "Kernel")]
public sealed class BoundTests
{
    [Theory]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(100.25, 360.2845596377643)]
    [InlineData(1e-3, 6.907178885383853)]
    public void LogGamma_KnownValues_AreMet(double x, double expected) => Assert.Equal(expected, LogGamma.Of(x), 1e-9);

    [Fact]
    public void LogGamma_Factorials_AreMet()
    {
        var sum = 0.0;
        for (var n = 1; n <= 170; n++)
        {
            sum += Math.Log(n);

            Assert.Equal(sum, LogGamma.Of(n + 1), 1e-11 * Math.Max(1, sum));
        }
    }

    [Fact]
    public void IncompleteBeta_IntegerParameters_EqualsTheBinomialSum()
    {
        // I_x(a, b) is the probability of at least a successes in a + b - 1 trials.
        for (var a = 1; a <= 12; a++)
        {
            for (var b = 1; b <= 12; b++)
            {
                for (var x = 0.05; x < 1; x += 0.1)
                {
                    Assert.Equal(AtLeast(a, a + b - 1, x), IncompleteBeta.Of(x, a, b), 1e-12);
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void IncompleteBeta_Ends_AreExact(double x, double expected) => Assert.Equal(expected, IncompleteBeta.Of(x, 2.5, 0.5));

    [Theory]
    [InlineData(1, 1, 0.95)]
    [InlineData(10, 10, 0.95)]
    [InlineData(95, 100, 0.95)]
    [InlineData(3, 150, 0.99)]
    public void ClopperPearson_Lower_LeavesTheRestOfTheConfidenceAbove(int count, int trials, double confidence) =>
        Assert.Equal(1 - confidence, AtLeast(count, trials, ClopperPearson.Lower(count, trials, confidence)), 1e-9);

    [Fact]
    public void ClopperPearson_Ends_AreClosed()
    {
        Assert.Equal(0, ClopperPearson.Lower(0, 5, 0.95));
        Assert.Equal(1, ClopperPearson.Upper(5, 5, 0.95));
        Assert.Equal((0, 1), (ClopperPearson.Lower(0, 0, 0.95), ClopperPearson.Upper(0, 0, 0.95)));
    }

    [Fact]
    public void ClopperPearson_Upper_MirrorsLower()
    {
        for (var count = 0; count <= 20; count++)
        {
            Assert.Equal(1 - ClopperPearson.Lower(20 - count, 20, 0.9), ClopperPearson.Upper(count, 20, 0.9), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 100, 0.03733)]
    [InlineData(2, 150, 0.05829)]
    [InlineData(5, 500, 0.02946)]
    public void ErrorRateBound_SpecifiedValues_AreMet(long errors, long audits, double expected) =>
        Assert.Equal(expected, ErrorRateBound.Upper(errors, audits, 0.02, 0.05), 5e-6);

    [Fact]
    public void ErrorRateBound_NoAudits_SaysNothing() => Assert.Equal(1, ErrorRateBound.Upper(0, 0, 0.02, 0.05));

    [Fact]
    public void ErrorRateBound_LookedAtAfterEveryAudit_IsRarelyEverBelowTheTruth()
    {
        const int Runs = 400;
        const double Truth = 0.05;
        var random = new Random(1);
        var broken = 0;
        for (var run = 0; run < Runs; run++)
        {
            var errors = 0;
            for (var audits = 1; audits <= 400; audits++)
            {
                errors += random.NextDouble() < Truth ? 1 : 0;
                if (ErrorRateBound.Upper(errors, audits, Truth, 0.05) < Truth)
                {
                    broken++;
                    break;
                }
            }
        }

        Assert.InRange(broken, 0, (int)(0.05 * Runs));
    }

    private static double AtLeast(int count, int trials, double probability)
    {
        var sum = 0.0;
        for (var k = count; k <= trials; k++)
        {
            var ways = 1.0;
            for (var i = 1; i <= k; i++)
            {
                ways *= (double)(trials - k + i) / i;
            }

            sum += ways * Math.Pow(probability, k) * Math.Pow(1 - probability, trials - k);
        }

        return sum;
    }
}
