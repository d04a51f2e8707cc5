namespace RagCaching.ErrorBudgets.Model;

/// <summary>A decision and its outcome.</summary>
/// <param name="Features">What was seen.</param>
/// <param name="IsRight">Whether the candidate's answer was right.</param>
/// <param name="At">When that was found out.</param>
internal readonly record struct BudgetLabel(MatchFeatures Features, bool IsRight, DateTimeOffset At);
