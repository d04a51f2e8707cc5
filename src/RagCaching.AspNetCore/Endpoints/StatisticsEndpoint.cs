using RagCaching.AspNetCore.Decisions;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Says what a cache did, how near its matches were, and how its limit on wrong answers is held.</summary>
internal static class StatisticsEndpoint
{
    private const int Bins = 50;
    private const int MostBudgets = 100;

    public static async Task HandleAsync(OwnerCall call)
    {
        var decisions = call.Decisions?.Read(call.Scope) ?? [];
        var statistics = call.Manager.GetStatistics(call.Scope ?? CacheScope.Shared);
        await OwnerJson.WriteAsync(call.Context, new StatisticsReply
        {
            AllScopes = call.SeesAll,
            ShowsTexts = call.ShowsTexts,
            Recorded = call.Decisions is not null,
            Outcomes = call.SeesAll ? statistics.Outcomes.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value) : null,
            Reasons = call.SeesAll ? statistics.Reasons.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value) : null,
            RecentOutcomes = Count(decisions, static decision => decision.Outcome.ToString()),
            RecentReasons = Count(decisions.Where(static decision => decision.Reason != SemanticCacheReason.None), static decision => decision.Reason.ToString()),
            Money = MoneyReply.Of(call.SeesAll ? statistics.Balance : statistics.ScopeBalance, call.SeesAll ? statistics.UnpricedCalls : null, call.HasPrices),
            Store = call.SeesAll && statistics.Entries is { } entries ? new StoreReply(entries, statistics.Bytes, statistics.Evictions) : null,
            Budgets = BudgetsOf(call, decisions),
            Limit = call.Rules.MaxErrorRate,
            CutOff = decisions.FirstOrDefault(static decision => decision.NearMiss is not null)?.NearMiss?.MinimumSimilarity ?? call.Rules.MinimumSimilarity,
            Histogram = HistogramOf(decisions),
            Waiting = decisions.Count(static decision => decision.IsWaiting),
        }, OwnerJson.Default.StatisticsReply).ConfigureAwait(false);
    }

    private static Dictionary<string, long> Count(IEnumerable<Decision> decisions, Func<Decision, string> key) => decisions.GroupBy(key).ToDictionary(group => group.Key, group => group.LongCount());

    // Of those who see all scopes: the ones with requests lately.
    private static BudgetReply[] BudgetsOf(OwnerCall call, Decision[] decisions)
    {
        var scopes = call.Scope is { } scope ? [scope] : decisions.Select(decision => decision.Scope).Append(CacheScope.Shared).Distinct().Take(MostBudgets);
        return [.. scopes.Select(scope => call.Manager.GetStatistics(scope).ErrorBudget).OfType<ErrorBudgetStatistics>().Select(budget =>
            new BudgetReply(budget.IsServing, budget.Requests, budget.Served, budget.Labels, budget.Audits, budget.WrongAudits, budget.ErrorRateUpper, budget.BreakerTrips))];
    }

    private static HistogramReply HistogramOf(Decision[] decisions)
    {
        var (served, refused) = (new int[Bins], new int[Bins]);
        foreach (var decision in decisions.Where(static decision => decision.IsAMatter))
        {
            var bin = Math.Clamp((int)(decision.Similarity!.Value * Bins), 0, Bins - 1);
            (decision.IsServed ? served : refused)[bin]++;
        }

        return new HistogramReply(1.0 / Bins, served, refused);
    }
}
