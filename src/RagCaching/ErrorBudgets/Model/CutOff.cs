namespace RagCaching.ErrorBudgets.Model;

/// <summary>The probability at or above which answers are served, chosen so that the expected share of wrong ones stays within the budget.</summary>
/// <param name="Probability">The probability; <see cref="double.PositiveInfinity"/> where nothing is served.</param>
/// <param name="Repair">How many wrong answers labels show for each one that the curve expects at or above it, or near it: see <see cref="CutOffRule.LabelMemory"/>.</param>
internal readonly record struct CutOff(double Probability, double Repair)
{
    /// <summary>Gets the cut-off with which nothing is served.</summary>
    public static CutOff Nothing { get; } = new(double.PositiveInfinity, 1);

    // Beyond this many times the budget no answer can be worth its risk, however good the ones before it were.
    private const double WorstOverBudget = 10;

    /// <summary>Chooses the cut-off: the lowest probability of the longest prefix, best first, whose error is within the aim.</summary>
    /// <param name="curve">The fitted curve.</param>
    /// <param name="window">The design rows of recent requests.</param>
    /// <param name="labelled">The design rows that the curve was fitted to, oldest first.</param>
    /// <param name="outcomes">Their outcomes.</param>
    /// <param name="maxErrorRate">The budget.</param>
    /// <param name="requests">How many requests the window is of, those that came near nothing included.</param>
    /// <param name="rule">What is asked of the curve.</param>
    public static CutOff Choose(
        LogisticCurve curve, FeatureRows window, FeatureRows labelled, ReadOnlySpan<bool> outcomes, double maxErrorRate, int requests, CutOffRule rule)
    {
        var (labelProbabilities, labelOrder) = BestFirst(curve, labelled);
        var (probabilities, order) = BestFirst(curve, window);
        var chosen = Nothing;
        var prefix = new Prefix(curve);
        var (labels, wrong, expected) = (0, 0.0, 0.0);
        var memory = rule.Memory;
        for (var i = 0; i < order.Length; i++)
        {
            var probability = probabilities[order[i]];
            if (1 - probability > Math.Min(rule.WorstAnswer, WorstOverBudget * maxErrorRate))
            {
                break;
            }

            prefix.Add(window[order[i]], probability);
            while (labels < labelOrder.Length && 1 - labelProbabilities[labelOrder[labels]] <= memory.Reach * (1 - probability))
            {
                var weight = memory.Weight(labelled.Count - 1 - labelOrder[labels]);
                wrong += outcomes[labelOrder[labels]] ? 0 : weight;
                expected += weight * (1 - labelProbabilities[labelOrder[labels]]);
                labels++;
            }

            // Requests that are equally good are served together or not at all.
            var isLastOfEquals = i + 1 == order.Length || probabilities[order[i + 1]] < probability;
            var repair = (memory.Inertia + wrong) / (memory.Inertia + expected);
            repair = rule.RepairsBothWays ? repair : Math.Max(1, repair);
            var isEnough = i + 1 >= rule.SmallestShare * requests;
            var isTooRisky = repair * (1 - probability) > rule.WorstMended * maxErrorRate;
            if (isLastOfEquals && isEnough && !isTooRisky && repair * prefix.UpperError(rule.Confidence) <= rule.LargestError(maxErrorRate, labelled.Count, (i + 1.0) / requests))
            {
                chosen = new CutOff(probability, repair);
            }
        }

        return chosen;
    }

    private static (double[] Probabilities, int[] Order) BestFirst(LogisticCurve curve, FeatureRows rows)
    {
        var probabilities = new double[rows.Count];
        var order = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            probabilities[row] = curve.Probability(rows[row]);
            order[row] = row;
        }

        Array.Sort(order, (a, b) => probabilities[b].CompareTo(probabilities[a]) is var difference && difference != 0 ? difference : a.CompareTo(b));
        return (probabilities, order);
    }
}
