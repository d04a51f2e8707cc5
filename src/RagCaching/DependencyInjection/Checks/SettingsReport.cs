using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagCaching.Diagnostics;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Says in one line of the log which settings a cache has, once for each cache: when the host starts, or when the cache is made without one. Thread-safe.</summary>
internal sealed class SettingsReport(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>Says it, unless it was said.</summary>
    /// <param name="key">The key of the cache; <see langword="null"/> for the default one.</param>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    public void Say(object? key)
    {
        // Read in any case: what is made on first use, such as the guard, would find a mistake where nobody is told.
        var name = OptionsNames.Of(key);
        var (cache, embeddings, store, guard) = (Get<SemanticCacheOptions>(name), Get<CachedEmbedderOptions>(name), Get<InMemoryVectorStoreOptions>(name), Get<LexicalGuardOptions>(name));
        var hasSecret = services.GetRequiredService<IOptions<RagCachingKeyOptions>>().Value.KeySecret is not null;
        var logger = QuietLogger.From<SemanticCache>(services);
        if (logger.IsEnabled(LogLevel.Information) && _said.TryAdd(name, true))
        {
            var isProtected = services.GetService<IServiceProviderIsService>()?.IsService(typeof(IPayloadProtector)) == true;
            Log.EffectiveSettings(logger, key?.ToString() ?? SemanticCache.DefaultName, SettingsLine.Of(cache, embeddings, store, guard, hasSecret, isProtected));
        }
    }

    private TOptions Get<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(string name)
        where TOptions : class => services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
