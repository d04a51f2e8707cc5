namespace RagCaching.ErrorBudgets.Model;

/// <summary>Observations with the same features, one in a row.</summary>
/// <param name="values">Row-major, <paramref name="features"/> values each.</param>
/// <param name="features">How many features there are.</param>
internal sealed class FeatureRows(double[] values, int features)
{
    public int Features => features;

    public int Count => values.Length / features;

    public ReadOnlySpan<double> this[int row] => values.AsSpan(row * features, features);
}
