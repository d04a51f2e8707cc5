using BitFaster.Caching.Lru;
using RagCaching.ErrorBudgets.Model;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Requests;

namespace RagCaching.ErrorBudgets;

/// <summary>Remembers the decisions that served an answer lately, in case somebody reports about one.</summary>
internal sealed class ServedDecisions(BudgetScopes scopes, TimeProvider time)
{
    // Reports come soon after answers are served; older ones still count for the answer itself.
    private const int RememberedDecisions = 8_192;

    private readonly ConcurrentLru<(EntryId Entry, string QuestionKey), BudgetDecision> _served = new(RememberedDecisions);

    /// <summary>Remembers a decision, in case somebody reports about it.</summary>
    public void Remember(CacheRequest request, EntryId entry, BudgetDecision decision) => _served.AddOrUpdate((entry, request.ReportKey), decision);

    /// <summary>Learns from what somebody says about an answer.</summary>
    public async ValueTask ReportAsync(string scopeLabel, EntryId entry, EntryState state, string questionKey, bool isRight, CancellationToken cancellationToken)
    {
        var scope = await scopes.GetAsync(scopeLabel, cancellationToken).ConfigureAwait(false);
        var features = _served.TryRemove((entry, questionKey), out var decision) ? decision.Features : (MatchFeatures?)null;
        scope.Report(state.GroupOrOwn, features, isRight, time.GetUtcNow());
    }
}
