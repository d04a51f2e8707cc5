namespace RagCaching.ErrorBudgets.Model;

/// <summary>How much is asked of a curve before answers are served by it.</summary>
/// <param name="Confidence">How many standard errors are added to the expected share of wrong answers.</param>
/// <param name="Aim">The share of the budget that is aimed at.</param>
/// <param name="SmallestShare">The smallest share of the requests that is worth serving: fewer lie in the curve's tail, where hardly any label supports it.</param>
/// <param name="WorstAnswer">The largest probability of being wrong with which a single answer may be served, however large the budget.</param>
/// <param name="Reserve">How much more of the budget is aimed at, at most, since real labels are known to be harder than what is served: see <see cref="LargestError"/>.</param>
/// <param name="RepairsBothWays">Whether labels may show the curve to be too strict, and not only to be too kind.</param>
/// <param name="FallsSilent">Whether less and less is aimed at where many labels have been seen and only a small share of the requests could be served.</param>
internal sealed record CutOffRule(double Confidence, double Aim, double SmallestShare, double WorstAnswer, double Reserve, bool RepairsBothWays, bool FallsSilent)
{
    // From this budget on the whole reserve is used; below it few wrong answers fit into a budget, and chance decides more.
    private const double LargeBudget = 0.02;

    // The reserve is no reason to aim at more than this above the budget.
    private const double LargestExcess = 0.01;

    // Where less than this share of the requests would be served, only a part of what would be above the budget is aimed at: few of them are far from the curve's tail.
    private const double FullShare = 0.3;

    // A scope falls silent between these numbers of labels, and where it could serve less than this share of its requests, all in budgets: see docs/decisions/silence.md.
    private const double FewLabels = 5;
    private const double ManyLabels = 6.5;
    private const double LargeShare = 8;

    // A larger budget is no reason to decide by fewer labels.
    private const double LargestBudget = 0.05;

    /// <summary>Gets the rule for curves that were fitted to a scope's own labels alone: the one-sided 95 % quantile, and a little below the budget.</summary>
    public static CutOffRule Cautious { get; } = new(Confidence: 1.64, Aim: 0.9, SmallestShare: 0.05, WorstAnswer: 1, Reserve: 0, RepairsBothWays: false, FallsSilent: false);

    /// <summary>Gets the rule for curves that started from a prior. See <c>docs/decisions/prior.md</c>.</summary>
    public static CutOffRule Informed { get; } = new(Confidence: 1, Aim: 0.4, SmallestShare: 0.02, WorstAnswer: 0.25, Reserve: 1.1, RepairsBothWays: true, FallsSilent: true)
    {
        Memory = new LabelMemory(Reach: 4, HalfLife: 200, Inertia: 2),
        WorstMended = 5,
    };

    /// <summary>Gets which labels show how far a curve is off.</summary>
    public LabelMemory Memory { get; private init; } = LabelMemory.All;

    /// <summary>Gets the largest probability of being wrong, as labels mend it and in budgets, with which a single answer may be served.</summary>
    public double WorstMended { get; private init; } = double.PositiveInfinity;

    /// <summary>Gets the expected share of wrong answers that a cut-off may lead to.</summary>
    /// <param name="maxErrorRate">The budget.</param>
    /// <param name="labels">How many labels the curve was fitted to.</param>
    /// <param name="share">The share of the requests that the cut-off would serve.</param>
    public double LargestError(double maxErrorRate, int labels, double share)
    {
        var aim = Math.Min(maxErrorRate * (Aim + (Reserve * Math.Min(1, maxErrorRate / LargeBudget))), maxErrorRate + LargestExcess);
        aim = aim > maxErrorRate ? maxErrorRate + ((aim - maxErrorRate) * Math.Min(1, share / FullShare)) : aim;
        return aim * (FallsSilent ? 1 - Silence(Math.Min(maxErrorRate, LargestBudget), labels, share) : 1);
    }

    private static double Silence(double budget, int labels, double share) =>
        Math.Clamp(((labels * budget) - FewLabels) / (ManyLabels - FewLabels), 0, 1) * Math.Max(0, 1 - (share / (LargeShare * budget)));

    /// <summary>Which labels say how far a curve is off where it is used.</summary>
    /// <param name="Reach">How many times as likely to be wrong as the worst answer that would be served a labelled one may be and still count.</param>
    /// <param name="HalfLife">After how many labels a label counts half; infinite where all count the same.</param>
    /// <param name="Inertia">How many wrong answers, as many as the curve expects, are taken to have been seen before the labels.</param>
    /// <remarks>
    /// What is served gets no label, so labels above the cut-off are of a younger store. Those a little below it keep coming, and tell of the traffic of now. See <c>docs/decisions/repair.md</c>.
    /// </remarks>
    internal readonly record struct LabelMemory(double Reach, double HalfLife, double Inertia)
    {
        /// <summary>Gets the memory in which all labels at or above the cut-off count, and no others.</summary>
        public static LabelMemory All { get; } = new(Reach: 1, HalfLife: double.PositiveInfinity, Inertia: 3);

        /// <summary>Computes what a label counts.</summary>
        /// <param name="age">How many labels are newer.</param>
        public double Weight(int age) => Math.Pow(0.5, age / HalfLife);
    }
}
