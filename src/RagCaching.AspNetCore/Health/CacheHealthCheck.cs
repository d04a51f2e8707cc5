using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Health;

/// <summary>Says how a cache stands to its journal and to its limit on wrong answers.</summary>
internal sealed class CacheHealthCheck(IServiceProvider services, RagCachingHealthOptions options) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var doubts = new List<string>();
        if (services.GetRequiredKeyedService<IVectorStore>(options.ServiceKey) is JournaledVectorStore journaled)
        {
            var status = journaled.Status;
            Describe(status, data);
            if (!status.IsServing)
            {
                return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The journal has not been reached lately: stored answers are not served.", data: data));
            }

            doubts.AddRange(DoubtsAbout(status));
        }

        doubts.AddRange(DoubtsAboutBudgets(data));
        return Task.FromResult(doubts.Count == 0 ? HealthCheckResult.Healthy("The cache serves.", data) : HealthCheckResult.Degraded(string.Join(' ', doubts), data: data));
    }

    private static void Describe(JournalStatus status, Dictionary<string, object> data)
    {
        data["journal.loaded"] = status.IsLoaded;
        data["journal.waiting"] = status.Waiting;
        data["journal.dropped"] = status.Dropped;
        if (status.Staleness is { } staleness)
        {
            data["journal.staleness"] = staleness;
        }
    }

    private IEnumerable<string> DoubtsAbout(JournalStatus status)
    {
        if (!status.IsLoaded)
        {
            yield return "What the journal holds is not loaded yet.";
        }

        if (status.Staleness > options.MaxStaleness)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The journal was last reached {status.Staleness.Value.TotalSeconds:0} seconds ago.");
        }
    }

    private IEnumerable<string> DoubtsAboutBudgets(Dictionary<string, object> data)
    {
        var manager = services.GetRequiredKeyedService<ISemanticCacheManager>(options.ServiceKey);
        var stopped = Scopes().Select(manager.GetStatistics).Count(statistics => statistics.ErrorBudget is { IsServing: false, BreakerTrips: > 0 });
        data["budgets.stopped"] = stopped;
        if (stopped > 0)
        {
            yield return $"Audits found too many wrong answers in {stopped} scope(s), which do not serve by meaning.";
        }
    }

    private IEnumerable<CacheScope> Scopes()
    {
        if (options.Scopes.Count > 0)
        {
            return options.Scopes;
        }

        return RulesInForce.Of(services, options.ServiceKey).ShareAcrossCallers ? [CacheScope.Shared] : [];
    }
}
