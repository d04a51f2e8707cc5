using System.Globalization;
using RagCaching.Quality.Data;
using RagCaching.Semantic;

namespace RagCaching.Quality.Streams;

/// <summary>Replays labelled questions of several tenants through one real cache, tenant after tenant, each with a scope of its own.</summary>
internal static class TenantStream
{
    /// <summary>Runs the tenants.</summary>
    /// <param name="earlier">The questions of tenants whose results do not count.</param>
    /// <param name="earlierOrders">In which order each of them asks.</param>
    /// <param name="questions">The questions of the last tenant.</param>
    /// <param name="order">Their order.</param>
    /// <param name="budget">The error budget.</param>
    /// <param name="useGuard">Whether the lexical guard is on.</param>
    /// <param name="seed">Seeds the audits.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What came of the last tenant's stream.</returns>
    public static async Task<(StreamResult Result, bool HasInherited)> RunAsync(
        QuestionSet earlier, IReadOnlyList<int[]> earlierOrders, QuestionSet questions, int[] order, ErrorBudgetOptions budget, bool useGuard, int seed, CancellationToken cancellationToken)
    {
        var draws = new Random(seed);
        var options = new SemanticCacheOptions { ErrorBudget = budget };
        options.Limits.LookupTimeout = TimeSpan.FromMinutes(1);
        options.Freshness.Behavior = FreshnessBehavior.Ignore;
        var guards = useGuard ? new IMatchGuard[] { new LexicalGuard() } : [];
        var parts = new SemanticCacheParts
        {
            Options = () => options,
            Guards = () => guards,
            Comparer = static () => AnswerComparers.ShortAnswers,
            Draw = draws.NextDouble,
            ShadowLog = new ShadowLog(),
        };
        using var store = new InMemoryVectorStore();
        await using var cache = new SemanticCache(new TableEmbedder([earlier, questions]), store, parts, services: null);
        for (var tenant = 0; tenant < earlierOrders.Count; tenant++)
        {
            await AskAsync(cache, earlier, earlierOrders[tenant], ScopeOf(tenant), cancellationToken);
        }

        var last = ScopeOf(earlierOrders.Count);
        var result = await AskAsync(cache, questions, order, last, cancellationToken);
        return (result, cache.GetStatistics(last).ErrorBudget?.HasInherited == true);
    }

    private static CacheScope ScopeOf(int tenant) => CacheScope.For(string.Create(CultureInfo.InvariantCulture, $"tenant {tenant}"));

    private static async Task<StreamResult> AskAsync(SemanticCache cache, QuestionSet questions, int[] order, CacheScope scope, CancellationToken cancellationToken)
    {
        var (requests, served, wrong) = (0, 0, 0);
        int? firstHit = null;
        for (var i = 0; i < order.Length; i++)
        {
            var right = CacheStream.AnswerOf(questions, order[i], i);
            var query = new SemanticCacheQuery(questions.Texts[order[i]]) { Scope = scope };
            var result = await cache.GetOrCreateAsync(query, (_, _) => Task.FromResult(CacheStream.Answer(right)), cancellationToken);
            await cache.FlushAsync(cancellationToken);
            requests += result.Outcome == SemanticCacheOutcome.ExactHit ? 0 : 1;
            if (result.Outcome == SemanticCacheOutcome.SemanticHit)
            {
                firstHit ??= requests;
                served++;
                wrong += result.Response!.Text == right ? 0 : 1;
            }
        }

        return new StreamResult(requests, served, wrong) { Asked = order.Length, FirstHit = firstHit };
    }
}
