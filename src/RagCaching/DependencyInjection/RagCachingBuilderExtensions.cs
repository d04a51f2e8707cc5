using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using RagCaching;
using RagCaching.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures a cache after <c>AddRagCaching</c>.</summary>
public static class RagCachingBuilderExtensions
{
    private const string EmbeddingsSection = "Embeddings";
    private const string StoreSection = "InMemoryStore";
    private const string GuardSection = "LexicalGuard";
    private const string KeysSection = "Keys";

    /// <summary>Reads the settings from configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">
    /// A section with the properties of <see cref="SemanticCacheOptions"/>, and the subsections <c>Embeddings</c>
    /// (<see cref="CachedEmbedderOptions"/>), <c>InMemoryStore</c> (<see cref="InMemoryVectorStoreOptions"/>), <c>LexicalGuard</c> (<see cref="LexicalGuardOptions"/>) and <c>Keys</c>
    /// (<see cref="RagCachingKeyOptions"/>, the same for every cache of the host).
    /// </param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder BindConfiguration(this IRagCachingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);

        var name = RagCachingBuilder.OptionsNameOf(builder.ServiceKey);
        builder.Services.AddOptions<SemanticCacheOptions>(name).Bind(section);
        builder.Services.AddOptions<CachedEmbedderOptions>(name).Bind(section.GetSection(EmbeddingsSection));
        builder.Services.AddOptions<InMemoryVectorStoreOptions>(name).Bind(section.GetSection(StoreSection));
        builder.Services.AddOptions<LexicalGuardOptions>(name).Bind(section.GetSection(GuardSection));
        builder.Services.AddOptions<RagCachingKeyOptions>().Bind(section.GetSection(KeysSection));
        return builder;
    }

    /// <summary>Keeps stored answers in this process, which is also what happens without this call.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the bounds of the store.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder UseInMemoryStore(this IRagCachingBuilder builder, Action<InMemoryVectorStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        if (configure is not null)
        {
            builder.Services.Configure(RagCachingBuilder.OptionsNameOf(builder.ServiceKey), configure);
        }

        return builder;
    }

    /// <summary>Changes how embeddings are cached.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder ConfigureEmbeddings(this IRagCachingBuilder builder, Action<CachedEmbedderOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(RagCachingBuilder.OptionsNameOf(builder.ServiceKey), configure);
        return builder;
    }

    /// <summary>Changes the guard that is there by default, or switches it off.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder ConfigureLexicalGuard(this IRagCachingBuilder builder, Action<LexicalGuardOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(RagCachingBuilder.OptionsNameOf(builder.ServiceKey), configure);
        return builder;
    }

    /// <summary>Makes later turns of conversations understandable by themselves, so that they are matched by meaning.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the rewriter, on first use.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder AddQuestionRewriter(this IRagCachingBuilder builder, Func<IServiceProvider, IQuestionRewriter> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

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

    /// <summary>Makes later turns of conversations understandable by themselves with a chat model; a small one will do.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClientKey">The key of the chat client; <see langword="null"/> for the host's default one.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder AddChatClientQuestionRewriter(this IRagCachingBuilder builder, object? chatClientKey = null) =>
        builder.AddQuestionRewriter(services => new ChatClientQuestionRewriter(
            () => chatClientKey is null ? services.GetRequiredService<IChatClient>() : services.GetRequiredKeyedService<IChatClient>(chatClientKey)));

    /// <summary>Adds a guard that every stored answer must pass before it is served to a re-worded question.</summary>
    /// <typeparam name="TGuard">The guard; a singleton that may ask for other services in its constructor.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder AddGuard<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGuard>(this IRagCachingBuilder builder)
        where TGuard : class, IMatchGuard
    {
        ArgumentNullException.ThrowIfNull(builder);

        if (builder.ServiceKey is { } key)
        {
            builder.Services.AddKeyedSingleton<IMatchGuard, TGuard>(key);
        }
        else
        {
            builder.Services.AddSingleton<IMatchGuard, TGuard>();
        }

        return builder;
    }
}
