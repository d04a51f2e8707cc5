namespace RagCaching.ErrorBudgets.Repeats;

/// <summary>What serving an answer adds to the wrong ones that its question can be expected to have been served, and how many they may become.</summary>
/// <param name="Added">The expected number of wrong answers that is added, in [0, 1].</param>
/// <param name="Largest">The expected number at which the question is checked.</param>
internal readonly record struct QuestionRisk(double Added, double Largest)
{
    // In budgets: 0.06 of a wrong answer at 2 %, and where that many answers have been served for each of them, up to 0.28.
    private const double LeastBudgets = 3;
    private const double MostBudgets = 14;
    private const double ServedForEach = 350;

    // No curve is so sure of one question: at most 12 to 56 servings come before a check.
    private const double LeastAdded = 0.25;

    /// <summary>Weighs a serving.</summary>
    /// <param name="wrong">The probability of the answer being wrong, as labels have mended the curve.</param>
    /// <param name="maxErrorRate">The budget.</param>
    /// <param name="served">How many answers the scope has served: among many, a single question weighs less.</param>
    public static QuestionRisk Of(double wrong, double maxErrorRate, long served) =>
        new(Math.Clamp(wrong, LeastAdded * maxErrorRate, 1), maxErrorRate * Math.Clamp(served / ServedForEach, LeastBudgets, MostBudgets));

    /// <summary>Tells whether the question is to be checked instead of served.</summary>
    /// <param name="sum">What its servings so far have added. A question that was not served before is let through by the budget itself, however large the risk.</param>
    public bool IsTooMuchAfter(double sum) => sum > 0 && sum + Added >= Largest;
}
