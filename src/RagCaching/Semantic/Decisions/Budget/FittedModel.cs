namespace RagCaching.Semantic.Decisions.Budget;

/// <summary>All that a decision needs to know: how features become a probability, and from which probability on to serve. Immutable.</summary>
internal sealed class FittedModel(Standardizer standardizer, LogisticCurve curve, double cutOff)
{
    public Standardizer Standardizer => standardizer;

    public LogisticCurve Curve => curve;

    /// <summary>Gets the probability from which on an answer may be served.</summary>
    public double CutOff => cutOff;

    /// <summary>Fits a model.</summary>
    /// <param name="labelled">The raw features of labelled requests.</param>
    /// <param name="outcomes">Whether the candidate's answer was right, request by request.</param>
    /// <param name="window">The raw features of recent requests, labelled or not.</param>
    /// <param name="maxErrorRate">The budget.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static FittedModel Fit(
        FeatureRows labelled, ReadOnlySpan<bool> outcomes, FeatureRows window, double maxErrorRate, CancellationToken cancellationToken = default)
    {
        var standardizer = Standardizer.Of(window);
        var design = standardizer.Apply(labelled);
        var curve = LogisticFit.Fit(design, outcomes, cancellationToken);
        return new FittedModel(standardizer, curve, Budget.CutOff.Choose(curve, standardizer.Apply(window), design, outcomes, maxErrorRate));
    }

    /// <summary>Computes the probability that a candidate's answer is right.</summary>
    public double Probability(ReadOnlySpan<double> features)
    {
        Span<double> row = stackalloc double[standardizer.Size];
        standardizer.Apply(features, row);
        return curve.Probability(row);
    }
}
