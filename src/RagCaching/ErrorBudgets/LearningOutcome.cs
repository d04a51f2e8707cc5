namespace RagCaching.ErrorBudgets;

/// <summary>What a label leads to besides being learnt from.</summary>
/// <param name="DropsCandidate">The candidate's answer is out of date and must go.</param>
/// <param name="Trips">The error rate has risen above the budget: the scope has stopped serving.</param>
internal readonly record struct LearningOutcome(bool DropsCandidate, bool Trips);
