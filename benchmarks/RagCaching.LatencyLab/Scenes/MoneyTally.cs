using Microsoft.Extensions.AI;
using RagCaching.LatencyLab.Server;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>What callers got, priced by the server's own records.</summary>
/// <param name="Served">What the answers took, when they were generated, that callers were served from the cache.</param>
/// <param name="Generated">What the answers took that were generated for their callers.</param>
/// <param name="Hits">How many were served by what they have in common with a stored question.</param>
internal sealed record MoneyTally(ServerUsage Served, ServerUsage Generated, IReadOnlyDictionary<SemanticCacheOutcome, int> Hits)
{
    public static MoneyTally Of(IReadOnlyCollection<ChatResponse> responses, ServerRecords records)
    {
        var results = responses.Select(response => (Result: response.GetSemanticCacheResult(), Usage: records.UsageOf(response.ResponseId!))).ToArray();
        return new MoneyTally(
            Sum(results.Where(one => one.Result is { IsHit: true }).Select(one => one.Usage)),
            Sum(results.Where(one => one.Result is not { IsHit: true }).Select(one => one.Usage)),
            results.Where(one => one.Result is not null).GroupBy(one => one.Result!.Outcome).ToDictionary(group => group.Key, group => group.Count()));
    }

    private static ServerUsage Sum(IEnumerable<ServerUsage> usages) => usages.Aggregate(default(ServerUsage), static (sum, one) => sum + one);
}
