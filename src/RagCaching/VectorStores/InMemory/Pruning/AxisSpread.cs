namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>How numbers are spread.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
internal readonly record struct AxisSpread(double Mean, double Deviation, double Lowest, double Highest)
{
    /// <summary>How much wider than the numbers' own half range a range for all numbers is: fewer outliers against coarser codes.</summary>
    private const double HalfRangeMargin = 1.15;

    /// <summary>How far a range for norms goes beyond the sample's, as a share of it.</summary>
    private const double NormMargin = 0.3;

    private const double LeastHalfRange = 1e-4;

    /// <summary>Describes numbers.</summary>
    public static AxisSpread Of(double[] values)
    {
        var mean = values.Average();
        return new AxisSpread(mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), values.Min(), values.Max());
    }

    /// <summary>Makes a range that all of them are in, and few like them are not.</summary>
    /// <param name="leastDeviations">The least half range in standard deviations, for small samples whose ends say little.</param>
    /// <param name="maxCode">The largest code.</param>
    public Quantizer RangeOfAll(double leastDeviations, int maxCode)
    {
        var halfRange = (Highest - Lowest) / 2;
        var wide = leastDeviations * Deviation;
        return Around(halfRange > wide ? (Highest + Lowest) / 2 : Mean, Math.Max(wide, halfRange * HalfRangeMargin), maxCode);
    }

    /// <summary>Makes a range that leaves some outside, so that the codes of the others are fine.</summary>
    /// <param name="deviations">The half range in standard deviations.</param>
    /// <param name="maxCode">The largest code.</param>
    public Quantizer RangeOfMost(double deviations, int maxCode) => Around(Mean, deviations * Deviation, maxCode);

    /// <summary>Makes a range for numbers that are never negative and are rounded up.</summary>
    /// <param name="leastDeviations">As for <see cref="RangeOfAll"/>.</param>
    /// <param name="highest">No number is higher.</param>
    /// <param name="maxCode">The largest code.</param>
    public Quantizer RangeOfNorms(double leastDeviations, double highest, int maxCode)
    {
        var margin = NormMargin * (Highest - Lowest);
        var wide = leastDeviations * Deviation;
        return Quantizer.Over(
            Math.Max(0, Math.Min(Lowest - margin, Mean - wide)), Math.Min(highest, Math.Max(Highest + margin, Mean + wide)), maxCode);
    }

    private static Quantizer Around(double centre, double half, int maxCode) =>
        Quantizer.Over(centre - half - LeastHalfRange, centre + half + LeastHalfRange, maxCode);
}
