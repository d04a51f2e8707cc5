using RagCaching.ErrorBudgets.Inheritance;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets;

/// <summary>What a refit works on: copies, so that it holds up nobody.</summary>
/// <param name="labels">The labels.</param>
/// <param name="window">The recent requests; <see langword="null"/> for one that came near nothing.</param>
/// <param name="maxErrorRate">The budget.</param>
/// <param name="plan">What the fit starts from, and what is asked of it.</param>
internal sealed class RefitWork(BudgetLabel[] labels, MatchFeatures?[] window, double maxErrorRate, FitPlan plan)
{
    /// <summary>Fits, and looks back at the labels with the fit.</summary>
    public Refit Run(CancellationToken cancellationToken)
    {
        var labelled = RowsOf(Array.ConvertAll(labels, label => label.Features));
        var outcomes = Array.ConvertAll(labels, label => label.IsRight);
        var recent = RowsOf([.. window.OfType<MatchFeatures>()]);
        var model = FittedModel.Fit(labelled, outcomes, recent, window.Length, maxErrorRate, plan, cancellationToken);
        var (decisions, wrong) = model.LookBack(labelled, outcomes);
        return new Refit(model, decisions, wrong, ExperienceOf(labelled, outcomes, recent, model, cancellationToken));
    }

    // Of its own labels alone: handing on what was inherited would count some scopes more than once.
    private ScopeExperience? ExperienceOf(FeatureRows labelled, bool[] outcomes, FeatureRows recent, FittedModel model, CancellationToken cancellationToken)
    {
        if (plan.IsMeasured || !ScopeExperience.IsEnough(outcomes))
        {
            return null;
        }

        if (!plan.IsInherited)
        {
            return new ScopeExperience(model.Standardizer, model.Curve.Weights.ToArray());
        }

        var own = ModelPrior.Ridge(Standardizer.Of(recent));
        return new ScopeExperience(own.Standardizer, LogisticFit.Fit(own.Standardizer.Apply(labelled), outcomes, own, cancellationToken).Weights.ToArray());
    }

    private FeatureRows RowsOf(MatchFeatures[] features)
    {
        var values = new double[features.Length * plan.Features];
        Span<double> all = stackalloc double[MatchFeatures.Count];
        for (var row = 0; row < features.Length; row++)
        {
            features[row].CopyTo(all);
            all[..plan.Features].CopyTo(values.AsSpan(row * plan.Features));
        }

        return new FeatureRows(values, plan.Features);
    }
}
