using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Quality.Streams;

/// <summary>The scale of the features of several sets, of which each counts as much as any other.</summary>
internal static class PriorScale
{
    private const double LeastDeviation = 0.01;

    public static Standardizer Of(IReadOnlyList<BudgetLabel[]> sets)
    {
        var means = new double[MatchFeatures.Count];
        var deviations = new double[MatchFeatures.Count];
        FeatureRows[] rows = [.. sets.Select(RowsOf)];
        for (var feature = 0; feature < means.Length; feature++)
        {
            means[feature] = rows.Average(set => Mean(set, row => row[feature]));
            var squares = rows.Average(set => Mean(set, row => Math.Pow(row[feature] - means[feature], 2)));
            deviations[feature] = Math.Max(Math.Sqrt(squares), LeastDeviation);
        }

        return new Standardizer(means, deviations);
    }

    /// <summary>Gets the raw features of labels.</summary>
    public static FeatureRows RowsOf(BudgetLabel[] labels)
    {
        var values = new double[labels.Length * MatchFeatures.Count];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row].Features.CopyTo(values.AsSpan(row * MatchFeatures.Count));
        }

        return new FeatureRows(values, MatchFeatures.Count);
    }

    private static double Mean(FeatureRows rows, Func<double[], double> value) => Enumerable.Range(0, rows.Count).Average(row => value(rows[row].ToArray()));
}
