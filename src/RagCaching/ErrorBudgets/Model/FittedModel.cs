namespace RagCaching.ErrorBudgets.Model;

/// <summary>All that a decision needs to know: how features become a probability, and from which probability on to serve. Immutable.</summary>
internal sealed class FittedModel(Standardizer standardizer, LogisticCurve curve, CutOff cutOff)
{
    public Standardizer Standardizer => standardizer;

    public LogisticCurve Curve => curve;

    /// <summary>Gets the probability at or above which an answer may be served.</summary>
    public double CutOff => cutOff.Probability;

    /// <summary>Gets how many wrong answers labels show for each one that the curve expects of what is served.</summary>
    public double Repair => cutOff.Repair;

    /// <summary>Fits a model.</summary>
    /// <param name="labelled">The raw features of labelled requests.</param>
    /// <param name="outcomes">Whether the candidate's answer was right, request by request.</param>
    /// <param name="window">The raw features of recent requests, labelled or not.</param>
    /// <param name="requests">How many requests the recent ones are out of: those that came near nothing have no features.</param>
    /// <param name="maxErrorRate">The budget.</param>
    /// <param name="plan">What the fit starts from, and what is asked of it.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static FittedModel Fit(
        FeatureRows labelled, ReadOnlySpan<bool> outcomes, FeatureRows window, int requests, double maxErrorRate, FitPlan plan, CancellationToken cancellationToken = default)
    {
        var prior = plan.Prior ?? ModelPrior.Ridge(Standardizer.Of(window));
        var design = prior.Standardizer.Apply(labelled);
        var curve = LogisticFit.Fit(design, outcomes, prior, cancellationToken);
        var cutOff = Model.CutOff.Choose(curve, prior.Standardizer.Apply(window), design, outcomes, maxErrorRate, requests, plan.Rule);
        return new FittedModel(prior.Standardizer, curve, cutOff);
    }

    /// <summary>Looks back at the labelled requests: what would have come of serving them, each decided without knowing its own outcome.</summary>
    /// <param name="labelled">The raw features that the model was fitted to.</param>
    /// <param name="outcomes">Whether the candidate's answer was right, request by request.</param>
    /// <returns>How many would have been served, and how many of those were wrong.</returns>
    public (int Decisions, int Wrong) LookBack(FeatureRows labelled, ReadOnlySpan<bool> outcomes)
    {
        Span<double> row = stackalloc double[standardizer.Size];
        var (decisions, wrong) = (0, 0);
        for (var i = 0; i < labelled.Count; i++)
        {
            standardizer.Apply(labelled[i], row);
            if (curve.ProbabilityWithout(row, outcomes[i]) >= cutOff.Probability)
            {
                decisions++;
                wrong += outcomes[i] ? 0 : 1;
            }
        }

        return (decisions, wrong);
    }

    /// <summary>Computes the probability that a candidate's answer is right.</summary>
    /// <param name="features">Raw features; those behind the ones that the model was fitted to are not used.</param>
    public double Probability(ReadOnlySpan<double> features)
    {
        Span<double> row = stackalloc double[standardizer.Size];
        standardizer.Apply(features[..(standardizer.Size - 1)], row);
        return curve.Probability(row);
    }
}
