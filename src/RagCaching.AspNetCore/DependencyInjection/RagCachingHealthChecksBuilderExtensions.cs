using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagCaching;
using RagCaching.AspNetCore.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of caches.</summary>
public static class RagCachingHealthChecksBuilderExtensions
{
    /// <summary>Checks whether a cache serves: its contact with its journal, and whether audits have stopped an error budget.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="configure">Changes what is looked at.</param>
    /// <param name="failureStatus">What is reported where stored answers are not served at all; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>. A host that can do without its cache says <see cref="HealthStatus.Degraded"/>.</param>
    /// <param name="tags">Tags of the check.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="RagCachingHealthOptions.MaxStaleness"/> is not positive.</exception>
    public static IHealthChecksBuilder AddRagCaching(
        this IHealthChecksBuilder builder, string name = "ragcaching", Action<RagCachingHealthOptions>? configure = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        var options = new RagCachingHealthOptions();
        configure?.Invoke(options);
        if (options.MaxStaleness <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(configure), options.MaxStaleness, $"{nameof(RagCachingHealthOptions.MaxStaleness)} must be positive.");
        }

        var copy = options.Copy();
        return builder.Add(new HealthCheckRegistration(name, services => new CacheHealthCheck(services, copy), failureStatus, tags));
    }
}
