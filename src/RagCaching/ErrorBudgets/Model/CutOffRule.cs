namespace RagCaching.ErrorBudgets.Model;

/// <summary>How much is asked of a curve before answers are served by it.</summary>
/// <param name="Confidence">How many standard errors are added to the expected share of wrong answers.</param>
/// <param name="Aim">The share of the budget that is aimed at; above 1 where real labels are known to be harder than what is served.</param>
/// <param name="SmallestShare">The smallest share of the requests that is worth serving: fewer lie in the curve's tail, where hardly any label supports it.</param>
/// <param name="WorstAnswer">The largest probability of being wrong with which a single answer may be served, however large the budget.</param>
/// <param name="RepairsBothWays">Whether labels may show the curve to be too strict, and not only to be too kind.</param>
internal sealed record CutOffRule(double Confidence, double Aim, double SmallestShare, double WorstAnswer, bool RepairsBothWays)
{
    /// <summary>Gets the rule for curves that were fitted to a scope's own labels alone: the one-sided 95 % quantile, and a little below the budget.</summary>
    public static CutOffRule Cautious { get; } = new(Confidence: 1.64, Aim: 0.9, SmallestShare: 0.05, WorstAnswer: 1, RepairsBothWays: false);

    /// <summary>Gets the rule for curves that started from a prior. See <c>docs/decisions/prior.md</c>.</summary>
    public static CutOffRule Informed { get; } = new(Confidence: 1, Aim: 1.2, SmallestShare: 0.02, WorstAnswer: 0.25, RepairsBothWays: true);
}
