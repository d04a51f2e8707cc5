namespace RagCaching.Semantic.Decisions.Budget;

/// <summary>What a refit works on: copies, so that it holds up nobody.</summary>
internal sealed class RefitWork(BudgetLabel[] labels, MatchFeatures[] window, double maxErrorRate)
{
    public FittedModel Run(CancellationToken cancellationToken) => FittedModel.Fit(
        RowsOf(Array.ConvertAll(labels, label => label.Features)),
        Array.ConvertAll(labels, label => label.IsRight),
        RowsOf(window),
        maxErrorRate,
        cancellationToken);

    private static FeatureRows RowsOf(MatchFeatures[] features)
    {
        var values = new double[features.Length * MatchFeatures.Count];
        for (var row = 0; row < features.Length; row++)
        {
            features[row].CopyTo(values.AsSpan(row * MatchFeatures.Count));
        }

        return new FeatureRows(values, MatchFeatures.Count);
    }
}
