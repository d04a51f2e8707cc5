using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Chat.Requests;
using RagCaching.Contract.Embeddings;
using RagCaching.Contract.Settings;
using RagCaching.DependencyInjection;
using RagCaching.DependencyInjection.Checks;
using RagCaching.Guards.Lexical;
using RagCaching.VectorStores.InMemory;
using RagCaching.WarmUp;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers and configures the caches.</summary>
public static partial class RagCachingExtensions
{
    /// <summary>Registers <see cref="ISemanticCache"/>, <see cref="ISemanticCacheManager"/>, <see cref="ISemanticCacheExplainer"/>, <see cref="ICachedEmbedder"/> and <see cref="IVectorStore"/> as singletons.</summary>
    /// <param name="services">The services of the host, which must have an embedding generator.</param>
    /// <param name="configure">Changes the settings of the semantic cache.</param>
    /// <returns>A builder for further configuration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The method can be called more than once. It replaces no service of the host, and leaves the host's embedding generator unchanged. To use the
    /// embedding cache, inject <see cref="ICachedEmbedder"/> or add <c>UseEmbeddingCache</c> to the generator; both share one cache. Embeddings are also
    /// kept in the host's <c>IDistributedCache</c> if there is one. A <see cref="LexicalGuard"/> runs before the guards that are added later; see
    /// <c>ConfigureLexicalGuard</c>. Settings are checked when the host starts, and the paths of a question are rehearsed with made-up ones, so that the first callers do not wait for compilation.
    /// </remarks>
    public static IRagCachingBuilder AddRagCaching(this IServiceCollection services, Action<SemanticCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        AddOptions(services, serviceKey: null, configure);
        services.TryAddSingleton<IVectorStore>(provider => CacheServices.CreateStore(provider, key: null));
        services.TryAddSingleton(provider => CacheServices.CreateOptions(provider, key: null));
        services.TryAddSingleton(provider => CacheServices.CreateEmbedder(provider, key: null));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMatchGuard, LexicalGuard>(provider => CacheServices.CreateGuard(provider, key: null)));
        services.TryAddSingleton<ShadowLog>();
        services.TryAddSingleton<ISemanticCache>(provider => CacheServices.CreateCache(provider, key: null));
        services.TryAddSingleton(provider => CacheServices.ManagerOf(provider.GetRequiredService<ISemanticCache>()));
        services.TryAddSingleton(provider => CacheServices.TransferOf(provider.GetRequiredService<ISemanticCache>()));
        services.TryAddSingleton(provider => CacheServices.ExplainerOf(provider.GetRequiredService<ISemanticCache>()));
        return new RagCachingBuilder(services, serviceKey: null);
    }

    /// <summary>Registers another cache under a key, with a separate store and separate settings.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="serviceKey">The key of the services, and the name of their options. Not empty.</param>
    /// <param name="configure">Changes the settings of the semantic cache.</param>
    /// <returns>A builder for further configuration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The text of <paramref name="serviceKey"/> is empty.</exception>
    /// <remarks>The cache uses the embedding generator with the same key if there is one, and otherwise the host's default generator.</remarks>
    public static IRagCachingBuilder AddKeyedRagCaching(this IServiceCollection services, object serviceKey, Action<SemanticCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(serviceKey);
        var name = RagCachingBuilder.OptionsNameOf(serviceKey);
        ArgumentException.ThrowIfNullOrEmpty(name, nameof(serviceKey));

        AddOptions(services, serviceKey, configure);
        services.TryAddKeyedSingleton<IVectorStore>(serviceKey, (provider, _) => CacheServices.CreateStore(provider, serviceKey));
        services.TryAddKeyedSingleton(serviceKey, (provider, _) => CacheServices.CreateOptions(provider, serviceKey));
        services.TryAddKeyedSingleton(serviceKey, (provider, _) => CacheServices.CreateEmbedder(provider, serviceKey));
        services.TryAddEnumerable(ServiceDescriptor.KeyedSingleton<IMatchGuard, LexicalGuard>(serviceKey, (provider, _) => CacheServices.CreateGuard(provider, serviceKey)));
        services.TryAddKeyedSingleton<ShadowLog>(serviceKey);
        services.TryAddKeyedSingleton<ISemanticCache>(serviceKey, (provider, _) => CacheServices.CreateCache(provider, serviceKey));
        services.TryAddKeyedSingleton(serviceKey, (provider, _) => CacheServices.ManagerOf(provider.GetRequiredKeyedService<ISemanticCache>(serviceKey)));
        services.TryAddKeyedSingleton(serviceKey, (provider, _) => CacheServices.TransferOf(provider.GetRequiredKeyedService<ISemanticCache>(serviceKey)));
        services.TryAddKeyedSingleton(serviceKey, (provider, _) => CacheServices.ExplainerOf(provider.GetRequiredKeyedService<ISemanticCache>(serviceKey)));
        return new RagCachingBuilder(services, serviceKey);
    }

    private static void AddOptions(IServiceCollection services, object? serviceKey, Action<SemanticCacheOptions>? configure)
    {
        var name = RagCachingBuilder.OptionsNameOf(serviceKey);
        var key = new CacheKey(serviceKey);
        if (!services.Any(service => !service.IsKeyedService && key.Equals(service.ImplementationInstance)))
        {
            services.AddSingleton(key);
        }

        services.TryAddSingleton<SettingsReport>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsReportService>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WarmUpService>(CacheServices.CreateWarmUp));
        services.AddOptionsWithValidateOnStart<RagCachingKeyOptions, RagCachingKeyOptionsValidator>();
        services.AddOptionsWithValidateOnStart<InMemoryVectorStoreOptions, InMemoryVectorStoreOptionsValidator>(name);
        services.AddOptionsWithValidateOnStart<CachedEmbedderOptions, CachedEmbedderOptionsValidator>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CachedEmbedderOptions>, CachedEmbedderOptionsRules>());
        services.AddOptionsWithValidateOnStart<LexicalGuardOptions, LexicalGuardOptionsRules>(name);
        services.AddOptionsWithValidateOnStart<SemanticCachingChatClientOptions, SemanticCachingChatClientOptionsRules>(name);
        var options = services.AddOptionsWithValidateOnStart<SemanticCacheOptions, SemanticCacheOptionsValidator>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SemanticCacheOptions>, SemanticCacheOptionsRules>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SemanticCacheOptions>>(new RegistrationCheck(services)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SemanticCacheOptions>>(new ChatClientCheck(services)));
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }
}
