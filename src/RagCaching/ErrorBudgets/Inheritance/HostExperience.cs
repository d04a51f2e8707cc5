using BitFaster.Caching.Lru;
using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets.Inheritance;

/// <summary>What the scopes of a host have learnt about one embedding model, for scopes that are new. Thread-safe.</summary>
/// <remarks>It is kept in the process only: after a restart scopes tell again what they know with their next fits.</remarks>
internal sealed class HostExperience
{
    private const int MostScopes = 256;

    private readonly ConcurrentLru<string, ScopeExperience> _scopes = new(MostScopes);

    /// <summary>Takes what a scope has learnt, in place of what it had learnt before.</summary>
    public void Learn(string scopeLabel, ScopeExperience experience) => _scopes.AddOrUpdate(scopeLabel, experience);

    /// <summary>Forgets what a scope has learnt, or all of them.</summary>
    public void Forget(string? scopeLabel)
    {
        if (scopeLabel is null)
        {
            _scopes.Clear();
        }
        else
        {
            _scopes.TryRemove(scopeLabel);
        }
    }

    /// <summary>Gets the plan of a new scope.</summary>
    /// <param name="plan">Its plan if there is nothing to inherit.</param>
    public FitPlan PlanFor(FitPlan plan) =>
        InheritedPrior.Of([.. _scopes.OrderBy(scope => scope.Key, StringComparer.Ordinal).Select(scope => scope.Value)]) is { } prior ? FitPlan.Inheriting(prior) : plan;
}
