using Microsoft.Extensions.Hosting;
using RagCaching.Contract.Settings;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Says the settings of all caches when the host starts.</summary>
internal sealed class SettingsReportService(SettingsReport report, IEnumerable<CacheKey> caches) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var cache in caches)
        {
            report.Say(cache.Value);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
