namespace RagCaching.ErrorBudgets.Model;

/// <summary>Brings every feature to mean 0 and deviation 1, so that no constant of the fit depends on the embedding model.</summary>
/// <param name="means">The mean of each feature.</param>
/// <param name="deviations">The population standard deviation of each feature, at least <see cref="SmallestDeviation"/>.</param>
internal sealed class Standardizer(double[] means, double[] deviations)
{
    // A feature that hardly varies would be blown up into noise.
    private const double SmallestDeviation = 0.01;

    public ReadOnlySpan<double> Means => means;

    public ReadOnlySpan<double> Deviations => deviations;

    /// <summary>Gets the length of a design row: one more than there are features.</summary>
    public int Size => means.Length + 1;

    /// <summary>Measures the features of some observations.</summary>
    /// <param name="rows">At least one.</param>
    public static Standardizer Of(FeatureRows rows)
    {
        var means = new double[rows.Features];
        var deviations = new double[rows.Features];
        for (var feature = 0; feature < rows.Features; feature++)
        {
            var sum = 0.0;
            for (var row = 0; row < rows.Count; row++)
            {
                sum += rows[row][feature];
            }

            means[feature] = sum / rows.Count;
            var squares = 0.0;
            for (var row = 0; row < rows.Count; row++)
            {
                var distance = rows[row][feature] - means[feature];
                squares += distance * distance;
            }

            deviations[feature] = Math.Max(Math.Sqrt(squares / rows.Count), SmallestDeviation);
        }

        return new Standardizer(means, deviations);
    }

    /// <summary>Writes a design row: 1, then the standardised features.</summary>
    /// <param name="features">Raw features.</param>
    /// <param name="destination">Receives <see cref="Size"/> values.</param>
    public void Apply(ReadOnlySpan<double> features, Span<double> destination)
    {
        destination[0] = 1;
        for (var i = 0; i < features.Length; i++)
        {
            destination[i + 1] = (features[i] - means[i]) / deviations[i];
        }
    }

    /// <summary>Makes the design rows of some observations.</summary>
    public FeatureRows Apply(FeatureRows rows)
    {
        var design = new double[rows.Count * Size];
        for (var row = 0; row < rows.Count; row++)
        {
            Apply(rows[row], design.AsSpan(row * Size, Size));
        }

        return new FeatureRows(design, Size);
    }
}
