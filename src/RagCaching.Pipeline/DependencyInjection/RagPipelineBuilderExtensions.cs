using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Pipeline.Contract;
using RagCaching.Pipeline.DependencyInjection;
using RagCaching.Pipeline.Running;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a <see cref="RagPipeline"/> to a cache.</summary>
public static partial class RagPipelineBuilderExtensions
{
    /// <summary>Registers <see cref="RagPipeline"/> as a singleton, under the key of the cache if it has one.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="configure">Changes the settings, which are checked when the host starts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The pipeline uses the cache, embedder, guards, retrievers, reranker, question rewriter, model selector and chat client with the key of the cache; the last four may also be the
    /// host's default ones. Can be called more than once.
    /// </remarks>
    public static IRagCachingBuilder AddRagPipeline(this IRagCachingBuilder builder, Action<RagPipelineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        var name = NameOf(builder.ServiceKey);
        var options = services.AddOptionsWithValidateOnStart<RagPipelineOptions, RagPipelineOptionsValidator>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RagPipelineOptions>, RagPipelineOptionsRules>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RagPipelineOptions>>(new PipelineRegistrationCheck(services)));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (builder.ServiceKey is { } key)
        {
            services.TryAddKeyedSingleton(key, (provider, _) => Create(provider, key));
        }
        else
        {
            services.TryAddSingleton(provider => Create(provider, key: null));
        }

        return builder;
    }

    /// <summary>Reads the settings of the pipeline from configuration.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="section">A section with the properties of <see cref="RagPipelineOptions"/>, except its delegates.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="section"/> is <see langword="null"/>.</exception>
    /// <remarks>What is set later, here or by <see cref="AddRagPipeline"/>, counts. The section is checked like that of a cache: keys that are no settings and values that cannot be read fail the start.</remarks>
    public static IRagCachingBuilder BindRagPipelineConfiguration(this IRagCachingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);

        builder.Services.AddOptions<RagPipelineOptions>(NameOf(builder.ServiceKey)).CheckConfiguration(section, OpenSchema()).Bind(section);
        return builder;
    }

    /// <summary>Adds a retriever.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="create">Makes the retriever; a singleton.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="create"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddRetriever(this IRagCachingBuilder builder, Func<IServiceProvider, IRetriever> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        return Add(builder, create);
    }

    /// <summary>Adds a retriever made of a delegate.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="name">The name under which it is reported; not empty, and of its own.</param>
    /// <param name="retrieve">Finds chunks, best first.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddRetriever(
        this IRagCachingBuilder builder, string name, Func<RetrievalRequest, CancellationToken, ValueTask<IReadOnlyList<RetrievedChunk>>> retrieve)
    {
        var retriever = new DelegateRetriever(name, retrieve);
        return builder.AddRetriever(_ => retriever);
    }

    /// <summary>Adds a retriever that is made by dependency injection.</summary>
    /// <typeparam name="TRetriever">The retriever; a singleton that may ask for other services in its constructor.</typeparam>
    /// <param name="builder">The builder of the cache.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddRetriever<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRetriever>(this IRagCachingBuilder builder)
        where TRetriever : class, IRetriever
    {
        ArgumentNullException.ThrowIfNull(builder);

        return Add<IRetriever>(builder, services => ActivatorUtilities.CreateInstance<TRetriever>(services));
    }

    /// <summary>Chooses a model for each question.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="create">Makes the selector; a singleton. The last one that is added counts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="create"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseModelSelector(this IRagCachingBuilder builder, Func<IServiceProvider, IModelSelector> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        return Add(builder, create);
    }

    /// <summary>Chooses a model for each question.</summary>
    /// <typeparam name="TSelector">The selector; a singleton that may ask for other services in its constructor.</typeparam>
    /// <param name="builder">The builder of the cache.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseModelSelector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSelector>(this IRagCachingBuilder builder)
        where TSelector : class, IModelSelector => builder.UseModelSelector(static services => ActivatorUtilities.CreateInstance<TSelector>(services));

    /// <summary>Asks a small model short questions with few chunks, and a large one whatever else there is or the small one declines.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="small">The key of the small model's chat client; <see langword="null"/> for the pipeline's own.</param>
    /// <param name="large">The key of the large model's chat client; <see langword="null"/> for the pipeline's own.</param>
    /// <param name="configure">Changes the limits.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="small"/> and <paramref name="large"/> are the same.</exception>
    /// <exception cref="OptionsValidationException">A limit is out of range.</exception>
    public static IRagCachingBuilder UseSmallModel(this IRagCachingBuilder builder, object? small, object? large, Action<SmallModelSelectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var options = new SmallModelSelectorOptions();
        configure?.Invoke(options);
        var selector = new SmallModelSelector(small, large, options);
        return builder.UseModelSelector(_ => selector);
    }

    private static IRagCachingBuilder Add<TService>(IRagCachingBuilder builder, Func<IServiceProvider, TService> create)
        where TService : class
    {
        if (builder.ServiceKey is { } key)
        {
            builder.Services.AddKeyedSingleton(key, (services, _) => create(services));
        }
        else
        {
            builder.Services.AddSingleton(create);
        }

        return builder;
    }

    private static Stream OpenSchema() => typeof(RagPipelineOptions).Assembly.GetManifestResourceStream("RagCaching.Pipeline.ConfigurationSchema.json")
        ?? throw new InvalidOperationException("The resource ConfigurationSchema.json is missing.");

    private static string NameOf(object? key) => key?.ToString() ?? Options.Options.DefaultName;

    private static RagPipeline Create(IServiceProvider services, object? key)
    {
        var options = services.GetRequiredService<IOptionsMonitor<RagPipelineOptions>>().Get(NameOf(key));
        var shares = services.GetRequiredService<IOptionsMonitor<SemanticCacheOptions>>().Get(NameOf(key)).ShareAcrossCallers;
        var parts = key is null
            ? new PipelineServices
            {
                ChatClient = services.GetRequiredService<IChatClient>,
                Retrievers = services.GetServices<IRetriever>(),
                Cache = services.GetRequiredService<ISemanticCache>(),
                Manager = services.GetRequiredService<ISemanticCacheManager>(),
                Embedder = services.GetRequiredService<ICachedEmbedder>(),
                Selector = services.GetService<IModelSelector>(),
                Reranker = services.GetService<IReranker>(),
                Guards = services.GetServices<IMatchGuard>,
                SharesAcrossCallers = shares,
            }
            : new PipelineServices
            {
                ChatClient = () => services.GetKeyedService<IChatClient>(key) ?? services.GetRequiredService<IChatClient>(),
                Retrievers = services.GetKeyedServices<IRetriever>(key),
                Cache = services.GetRequiredKeyedService<ISemanticCache>(key),
                Manager = services.GetRequiredKeyedService<ISemanticCacheManager>(key),
                Embedder = services.GetRequiredKeyedService<ICachedEmbedder>(key),
                Selector = services.GetKeyedService<IModelSelector>(key) ?? services.GetService<IModelSelector>(),
                Rewriter = services.GetKeyedService<IQuestionRewriter>(key),
                Reranker = services.GetKeyedService<IReranker>(key) ?? services.GetService<IReranker>(),
                Guards = () => services.GetKeyedServices<IMatchGuard>(key),
                SharesAcrossCallers = shares,
            };
        return new RagPipeline(parts, options, key?.ToString() ?? RagPipeline.DefaultName, services);
    }
}
