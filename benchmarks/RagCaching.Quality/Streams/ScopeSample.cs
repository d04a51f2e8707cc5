using System.Collections.Concurrent;
using RagCaching.ErrorBudgets.Model;
using RagCaching.Quality.Data;

namespace RagCaching.Quality.Streams;

/// <summary>Scopes of different sizes and kinds of traffic, cut out of labelled questions.</summary>
internal static class ScopeSample
{
    private const int Scopes = 24;
    private const int KindsAlternateEvery = 4;
    private const int LeastRequests = 150;
    private const int MostRequests = 2_000;
    private const int ZipfRequests = 4_000;
    private const int FirstSeed = 7_000;
    private static readonly double[] Shares = [0.1, 0.25, 0.5, 1];

    /// <summary>Asks the questions of each scope in shadow mode, and collects what the budget was told.</summary>
    public static async Task<IReadOnlyList<BudgetLabel[]>> LabelsAsync(QuestionSet questions, int firstSeed, CancellationToken cancellationToken)
    {
        var all = new ConcurrentDictionary<int, BudgetLabel[]>();
        await Parallel.ForAsync(0, Scopes, cancellationToken, async (i, token) =>
        {
            var order = OrderOf(questions, firstSeed + i, Shares[i % Shares.Length], isZipf: i / KindsAlternateEvery % 2 == 1);
            if (order.Length < LeastRequests)
            {
                return;
            }

            // Nothing is served, so that everything is labelled.
            var options = new SemanticCacheOptions { Shadow = { Enabled = true }, ErrorBudget = new ErrorBudgetOptions().UsePrior(ErrorBudgetPrior.None) };
            await CacheStream.RunAsync(questions, order, options, useGuard: true, i, token, inspect: cache => all[i] = cache.BudgetOf(null)!.Export().Labels);
        });
        return [.. all.OrderBy(scope => scope.Key).Select(scope => scope.Value)];
    }

    private static int[] OrderOf(QuestionSet questions, int seed, double share, bool isZipf)
    {
        var order = isZipf ? Traffic.Zipf(questions, seed, ZipfRequests) : Traffic.OnePass(questions, seed);
        return [.. Traffic.Part(questions, order, FirstSeed + seed, share).Take(MostRequests)];
    }
}
