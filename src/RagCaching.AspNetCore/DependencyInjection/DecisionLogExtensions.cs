using RagCaching;
using RagCaching.AspNetCore.Decisions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a cache remember what it decided, for the page of <c>MapRagCaching</c>.</summary>
public static class DecisionLogExtensions
{
    /// <summary>Remembers the newest requests of the cache: which were served by meaning, which were refused and why, for its owner to look at and to mark.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes how many are remembered.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not in 1 to 100,000.</exception>
    /// <exception cref="InvalidOperationException">The cache was registered by other means than <c>AddRagCaching</c>, or remembers already.</exception>
    /// <remarks>What is remembered stays in this process and ends with it. Questions are held in memory, as by the in-memory store, and leave it only through endpoints with <see cref="RagCachingEndpointOptions.EnableSensitiveData"/>.</remarks>
    public static IRagCachingBuilder AddDecisionLog(this IRagCachingBuilder builder, Action<DecisionLogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var options = new DecisionLogOptions();
        configure?.Invoke(options);
        if (options.Capacity is < 1 or > DecisionLogOptions.MaxCapacity)
        {
            throw new ArgumentOutOfRangeException(nameof(configure), options.Capacity, $"{nameof(DecisionLogOptions.Capacity)} must be in 1 to {DecisionLogOptions.MaxCapacity}.");
        }

        var key = builder.ServiceKey;
        var services = builder.Services;
        var capacity = options.Capacity;
        var cache = services.LastOrDefault(service => service.ServiceType == typeof(ISemanticCache) && Equals(service.ServiceKey, key));
        if (cache is null || services.Any(service => service.ServiceType == typeof(DecisionLog) && Equals(service.ServiceKey, key)))
        {
            throw new InvalidOperationException($"{nameof(AddDecisionLog)} is called once for each cache, on what AddRagCaching or AddKeyedRagCaching returns.");
        }

        services.Remove(cache);
        if (key is null)
        {
            services.AddSingleton(_ => new DecisionLog(capacity));
            services.AddSingleton<ISemanticCache>(provider => Record(cache.ImplementationFactory?.Invoke(provider), provider.GetRequiredService<DecisionLog>(), provider));
        }
        else
        {
            services.AddKeyedSingleton(key, (_, _) => new DecisionLog(capacity));
            services.AddKeyedSingleton<ISemanticCache>(key, (provider, _) => Record(cache.KeyedImplementationFactory?.Invoke(provider, key), provider.GetRequiredKeyedService<DecisionLog>(key), provider));
        }

        return builder;
    }

    private static RecordingSemanticCache Record(object? cache, DecisionLog log, IServiceProvider services) => cache is SemanticCache inner
        ? new RecordingSemanticCache(inner, new DecisionRecorder(log, services.GetRequiredService<TimeProvider>()))
        : throw new InvalidOperationException($"{nameof(AddDecisionLog)} needs the cache that AddRagCaching registers; an ISemanticCache of the host's own is in its place.");
}
