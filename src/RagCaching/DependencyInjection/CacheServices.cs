using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.DependencyInjection.Checks;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Journals;
using RagCaching.Semantic;
using RagCaching.WarmUp;

namespace RagCaching.DependencyInjection;

/// <summary>Makes the parts of one cache out of a host's services; the key is <see langword="null"/> for the default cache.</summary>
internal static class CacheServices
{
    // What is compiled serves all hosts of a process.
    private static readonly StrongBox<bool> IsWarm = new();

    public static InMemoryVectorStore CreateStore(IServiceProvider services, object? key) =>
        new(services.GetRequiredService<IOptionsMonitor<InMemoryVectorStoreOptions>>().Get(RagCachingBuilder.OptionsNameOf(key)), NameOf(key), services);

    /// <summary>Creates the store that answers from memory and shares what it has through a journal.</summary>
    public static JournaledVectorStore CreateStore(IServiceProvider services, object? key, IVectorJournal journal)
    {
        var name = RagCachingBuilder.OptionsNameOf(key);
        var metadata = Get<ICachedEmbedder>(services, key).GetService<EmbeddingGeneratorMetadata>();
        return new JournaledVectorStore(
            journal,
            services.GetRequiredService<IOptionsMonitor<JournaledVectorStoreOptions>>().Get(name),
            services.GetRequiredService<IOptionsMonitor<InMemoryVectorStoreOptions>>().Get(name),
            new JournaledStoreParts { Name = NameOf(key), EmbeddingModel = metadata?.DefaultModelId, Dimensions = metadata?.DefaultModelDimensions },
            services);
    }

    public static LiveOptions CreateOptions(IServiceProvider services, object? key) =>
        new(
            services.GetRequiredService<IOptionsMonitor<SemanticCacheOptions>>(),
            services.GetRequiredService<IOptionsFactory<SemanticCacheOptions>>(),
            services.GetServices<IOptionsChangeTokenSource<SemanticCacheOptions>>(),
            RagCachingBuilder.OptionsNameOf(key),
            NameOf(key),
            new FaultReporting(services.GetRequiredService<TimeProvider>(), new CacheTelemetry(TelemetryNames.Kinds.Response, NameOf(key), services), QuietLogger.From<SemanticCache>(services)));

    /// <summary>Finds the embedding cache inside the host's generator, or puts one around it: there is one for both.</summary>
    public static ICachedEmbedder CreateEmbedder(IServiceProvider services, object? key)
    {
        if (FindGenerator(services, key) is null && Get<LiveOptions>(services, key).Current.ExactOnly)
        {
            return new NoEmbedder();
        }

        var generator = GeneratorOf(services, key);
        return generator.GetService<ICachedEmbedder>() is { } own
            ? new BorrowedCachedEmbedder(own)
            : new CachedEmbedder(
                new BorrowedEmbeddingGenerator(generator),
                services.GetService<IDistributedCache>(),
                services.GetRequiredService<IOptionsMonitor<CachedEmbedderOptions>>().Get(RagCachingBuilder.OptionsNameOf(key)),
                NameOf(key),
                services);
    }

    public static SemanticCache CreateCache(IServiceProvider services, object? key)
    {
        var options = Get<LiveOptions>(services, key);
        services.GetRequiredService<SettingsReport>().Say(key);
        return new SemanticCache(
            Get<ICachedEmbedder>(services, key),
            Get<IVectorStore>(services, key),
            new SemanticCacheParts
            {
                Options = () => options.Current,
                Name = NameOf(key),
                Guards = () => key is null ? services.GetServices<IMatchGuard>() : services.GetKeyedServices<IMatchGuard>(key),
                Verifiers = () => key is null ? services.GetServices<IMatchVerifier>() : services.GetKeyedServices<IMatchVerifier>(key),
                Moderators = () => key is null ? services.GetServices<IAnswerModerator>() : services.GetKeyedServices<IAnswerModerator>(key),
                Lifetimes = () => key is null ? services.GetServices<IAnswerLifetime>() : services.GetKeyedServices<IAnswerLifetime>(key),
                Comparer = () => key is null ? services.GetService<IAnswerComparer>() : services.GetKeyedService<IAnswerComparer>(key),
                Prices = () => key is null ? services.GetService<IModelPrices>() : services.GetKeyedService<IModelPrices>(key) ?? services.GetService<IModelPrices>(),
                ShadowLog = Get<ShadowLog>(services, key),
            },
            services);
    }

    /// <summary>Gets the owner's side of a cache.</summary>
    public static ISemanticCacheManager ManagerOf(ISemanticCache cache) => cache as ISemanticCacheManager
        ?? throw new InvalidOperationException(
            $"The registered ISemanticCache ({cache.GetType().Name}) does not implement ISemanticCacheManager. Implement it too, or register an ISemanticCacheManager.");

    /// <summary>Gets what exports and imports the answers of a cache.</summary>
    public static ISemanticCacheTransfer TransferOf(ISemanticCache cache) => cache as ISemanticCacheTransfer
        ?? throw new InvalidOperationException(
            $"The registered ISemanticCache ({cache.GetType().Name}) does not implement ISemanticCacheTransfer. Implement it too, or register an ISemanticCacheTransfer.");

    /// <summary>Gets what explains the lookups of a cache.</summary>
    public static ISemanticCacheExplainer ExplainerOf(ISemanticCache cache) => cache as ISemanticCacheExplainer
        ?? throw new InvalidOperationException(
            $"The registered ISemanticCache ({cache.GetType().Name}) does not implement ISemanticCacheExplainer. Implement it too, or register an ISemanticCacheExplainer.");

    public static LexicalGuard CreateGuard(IServiceProvider services, object? key) =>
        new(services.GetRequiredService<IOptionsMonitor<LexicalGuardOptions>>().Get(RagCachingBuilder.OptionsNameOf(key)));

    public static WarmUpService CreateWarmUp(IServiceProvider services) =>
        new(new FaultReporting(services.GetRequiredService<TimeProvider>(), new CacheTelemetry(TelemetryNames.Kinds.Response, SemanticCache.DefaultName, services), QuietLogger.From<WarmUpService>(services)), IsWarm);

    private static IEmbeddingGenerator<string, Embedding<float>> GeneratorOf(IServiceProvider services, object? key) =>
        FindGenerator(services, key) ?? services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    private static IEmbeddingGenerator<string, Embedding<float>>? FindGenerator(IServiceProvider services, object? key) =>
        (key is null ? null : services.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key)) ?? services.GetService<IEmbeddingGenerator<string, Embedding<float>>>();

    /// <summary>Gets the name under which a cache is counted.</summary>
    private static string NameOf(object? key) => key?.ToString() ?? SemanticCache.DefaultName;

    private static T Get<T>(IServiceProvider services, object? key)
        where T : notnull => key is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(key);
}
