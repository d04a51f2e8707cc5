using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.Repeats;

namespace RagCaching.ErrorBudgets;

/// <summary>What a scope's budget says about one candidate.</summary>
/// <param name="Candidate">The stored question whose answer would be served.</param>
/// <param name="Features">What was seen.</param>
/// <param name="Probability">The probability that the answer is right; 0 while there is no fit.</param>
/// <param name="WouldServe">Whether the budget allows it, whether or not the scope serves at all.</param>
/// <param name="MayServe">Whether it may be served now.</param>
/// <param name="Risk">What serving it adds to the risk of its question; <see langword="null"/> where single questions are not followed.</param>
internal sealed record BudgetDecision(Neighbour Candidate, MatchFeatures Features, double Probability, bool WouldServe, bool MayServe, QuestionRisk? Risk);
