using RagCaching.Quality.Baselines;

namespace RagCaching.Quality.Tests.Baselines;

/// <summary>Sets whose fit was computed by another program; right and wrong overlap, so the maximum is unique.</summary>
public sealed class VCacheCurveTests
{
    private const double FourDigits = 5e-5;

    private static readonly (double, bool)[] SetA =
        [(0, false), (1, true), (.70, false), (.78, false), (.82, true), (.84, false), (.88, true), (.90, false), (.91, true), (.93, true), (.95, true), (.97, true)];

    private static readonly (double, bool)[] SetB =
        [(0, false), (1, true), (.60, false), (.65, true), (.70, false), (.75, true), (.80, false), (.85, true), (.90, true), (.95, true)];

    private static readonly (double, bool)[] SetC =
    [
        (0, false), (1, true), (.80, false), (.85, false), (.86, true), (.87, false), (.88, true), (.90, true), (.92, true), (.93, true), (.94, true), (.95, true), (.96, true), (.97, true), (.98, true), (.99, true),
    ];

    [Theory]
    [InlineData('A', -22.13026, 26.0652, 0.84903, 0.00122)]
    [InlineData('B', -8.458, 11.87777, 0.71209, 0.00575)]
    [InlineData('C', -91.13608, 105.40116, 0.86466, 0.00012)]
    public void Fit_OverlappingSets_HasTheSpecifiedParameters(char set, double intercept, double slope, double threshold, double variance)
    {
        var curve = VCacheCurve.Fit(SetOf(set));

        Assert.Equal(intercept, curve.Intercept, FourDigits);
        Assert.Equal(slope, curve.Slope, FourDigits);
        Assert.Equal(threshold, curve.Threshold, FourDigits);
        Assert.Equal(variance, curve.Variance, 5e-6);
    }

    [Theory]
    [InlineData('A', .92, .60520, .12665, .60502)]
    [InlineData('A', .99, .85329, .34081, .85344)]
    [InlineData('B', .92, .70943, .17208, .70945)]
    [InlineData('B', .99, .81761, .27414, .81778)]
    [InlineData('C', .85, .08896, .05488, .08860)]
    [InlineData('C', .92, .95084, 1, .95182)]
    [InlineData('C', .99, .99958, 1, .99980)]
    public void LowerBound_OverlappingSets_HasTheSpecifiedValues(char set, double similarity, double evenGrid, double serve, double logGrid)
    {
        var curve = VCacheCurve.Fit(SetOf(set));

        Assert.Equal(evenGrid, curve.LowerBound(similarity, useEvenGrid: true), FourDigits);
        Assert.Equal(serve, curve.ServeProbability(similarity, 0.05, useEvenGrid: true), FourDigits);
        Assert.Equal(logGrid, curve.LowerBound(similarity), FourDigits);
    }

    [Fact]
    public void Fit_SeparableSet_IsFinite()
    {
        var curve = VCacheCurve.Fit([(0, false), (1, true), (.9, true), (.95, true), (.8, false)]);

        Assert.True(double.IsFinite(curve.Slope) && double.IsFinite(curve.Variance));
        Assert.InRange(curve.Threshold, 0, 1);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(1e-6, -4.753424309)]
    public void NormalQuantile_KnownValues_AreMet(double probability, double expected) => Assert.Equal(expected, NormalQuantile.Of(probability), 1e-8);

    private static (double, bool)[] SetOf(char name) => name switch { 'A' => SetA, 'B' => SetB, _ => SetC };
}
