using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;
using RagCaching;
using RagCaching.VectorData.Contract;
using RagCaching.VectorData.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps what a cache has in a vector database.</summary>
public static class VectorDataExtensions
{
    /// <summary>Keeps stored answers in the <see cref="VectorStore"/> that the host has registered: Qdrant, pgvector, Azure AI Search, SQL Server or any other with a connector.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="vectorStoreKey">The key under which the <see cref="VectorStore"/> is registered; <see langword="null"/> for the one without a key.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The collection is opened when the host starts. A database that cannot do what is needed fails the start with a <see cref="VectorStoreCapabilityException"/>; one that is only out of reach does not, and
    /// every lookup is a counted miss until it is there. Where it is not known which collection will be needed (the embedding generator does not state its dimensions and
    /// <see cref="VectorDataOptions.Dimensions"/> is not set, or each partition has its own) and the database has none yet, only the fields are checked then, and the first answer that is stored finds out the
    /// rest; a warning in the log says so.
    /// </remarks>
    public static IRagCachingBuilder UseVectorData(this IRagCachingBuilder builder, Action<VectorDataOptions>? configure = null, object? vectorStoreKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.UseVectorData(services => vectorStoreKey is null ? services.GetRequiredService<VectorStore>() : services.GetRequiredKeyedService<VectorStore>(vectorStoreKey));
        return configure is null ? builder : builder.ConfigureVectorData(configure);
    }

    /// <summary>Keeps stored answers in a vector database.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">The database. Neither the host nor the cache disposes it: dispose it yourself after the host.</param>
    /// <returns>The builder. <see cref="ConfigureVectorData"/> changes the settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseVectorData(this IRagCachingBuilder builder, VectorStore store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(store);

        return builder.UseVectorData(_ => store);
    }

    /// <summary>Keeps stored answers in a vector database.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Gets the database, from the services or from elsewhere. The cache does not dispose it; the host does so if it is one of its services.</param>
    /// <returns>The builder. <see cref="ConfigureVectorData"/> changes the settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseVectorData(this IRagCachingBuilder builder, Func<IServiceProvider, VectorStore> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        var key = builder.ServiceKey;
        var name = NameOf(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VectorDataOptions>, VectorDataOptionsRules>());
        builder.Services.TryAddSingleton<CollectionForOneCache>();
        builder.Services.AddOptions<VectorDataOptions>(name);
        builder.UseVectorStore(services =>
        {
            var (store, options) = (create(services), services.GetRequiredService<IOptionsMonitor<VectorDataOptions>>().Get(name));
            services.GetRequiredService<CollectionForOneCache>().Claim(store, options.CollectionName, name);
            return new VectorDataStore(store, options, new VectorDataStoreParts { Name = key?.ToString() ?? SemanticCache.DefaultName, Dimensions = DimensionsOf(services, key) }, services);
        });
        AddStart(builder.Services, key);
        return builder;
    }

    /// <summary>Changes the settings of a vector database.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureVectorData(this IRagCachingBuilder builder, Action<VectorDataOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(NameOf(builder), configure);
        return builder;
    }

    // Whoever names another database for the same cache does not need another start.
    private static void AddStart(IServiceCollection services, object? key)
    {
        var start = new VectorDataStarts(key);
        if (!services.Any(service => !service.IsKeyedService && start.Equals(service.ImplementationInstance)))
        {
            services.AddSingleton(start);
            services.AddSingleton<IHostedService>(provider => new VectorDataStart(provider, key));
        }
    }

    private static string NameOf(IRagCachingBuilder builder) => builder.ServiceKey?.ToString() ?? Options.Options.DefaultName;

    private static int? DimensionsOf(IServiceProvider services, object? key)
    {
        var embedder = key is null ? services.GetService<ICachedEmbedder>() : services.GetKeyedService<ICachedEmbedder>(key);
        return embedder?.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions is > 0 and var dimensions ? dimensions : null;
    }
}
