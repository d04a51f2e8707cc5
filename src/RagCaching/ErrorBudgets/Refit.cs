using RagCaching.ErrorBudgets.Inheritance;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets;

/// <summary>The outcome of a refit.</summary>
/// <param name="Model">The model.</param>
/// <param name="Decisions">How many of the labelled requests it would have served.</param>
/// <param name="Wrong">How many of those were wrong.</param>
/// <param name="Experience">What other scopes may inherit; <see langword="null"/> where it is too little, or where the embedding model was measured.</param>
internal sealed record Refit(FittedModel Model, int Decisions, int Wrong, ScopeExperience? Experience);
