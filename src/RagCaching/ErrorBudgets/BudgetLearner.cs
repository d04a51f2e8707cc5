using RagCaching.ErrorBudgets.Gates;
using RagCaching.ErrorBudgets.Repeats;

namespace RagCaching.ErrorBudgets;

/// <summary>What learns from decisions under an error budget.</summary>
/// <param name="Labels">Finds out whether decisions were right.</param>
/// <param name="Groups">Finds out which answers say the same.</param>
/// <param name="Served">Remembers decisions for later reports.</param>
/// <param name="Audits">Decides by lot which hits are answered anew.</param>
/// <param name="Repeats">Decides which questions have been asked too often to be served unchecked, and remembers what was confirmed.</param>
internal sealed record BudgetLearner(DecisionLabeler Labels, GroupFinder Groups, ServedDecisions Served, AuditDraw Audits, RepeatedQuestions Repeats);
