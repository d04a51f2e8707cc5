using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using RagCaching;
using RagCaching.Chat.Helpers;
using RagCaching.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Configures a cache after <c>AddRagCaching</c>.</content>
public static partial class RagCachingExtensions
{
    private const string EmbeddingsSection = "Embeddings";
    private const string StoreSection = "InMemoryStore";
    private const string GuardSection = "LexicalGuard";
    private const string KeysSection = "Keys";

    /// <summary>Reads the settings from configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">
    /// A section with the properties of <see cref="SemanticCacheOptions"/> (of them <c>ErrorBudget</c> with those of <see cref="ErrorBudgetOptions"/>), and the subsections <c>Embeddings</c>
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

        return builder.AddCreated(create);
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

    /// <summary>Lets a limit on wrong answers decide what is served by meaning, in place of a similarity threshold.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the budget; <see langword="null"/> for at most 2 % wrong answers among those served by meaning.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Every scope learns from its own traffic and starts without serving. It takes an <see cref="IAnswerComparer"/>: without one of the host's,
    /// short answers are compared by their text, and longer ones by embedding them, which costs a call of the embedding generator.
    /// </remarks>
    public static IRagCachingBuilder UseErrorBudget(this IRagCachingBuilder builder, Action<ErrorBudgetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.Configure<SemanticCacheOptions>(RagCachingBuilder.OptionsNameOf(builder.ServiceKey), options =>
        {
            options.ErrorBudget ??= new ErrorBudgetOptions();
            configure?.Invoke(options.ErrorBudget);
        });
        return builder;
    }

    /// <summary>Adds a verifier that every match must pass after everything else has allowed it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the verifier, the first time that one is needed.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder AddVerifier(this IRagCachingBuilder builder, Func<IServiceProvider, IMatchVerifier> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        return builder.AddCreated(create);
    }

    /// <summary>Adds a model as verifier: <see cref="ChatClientVerifier"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClientKey">The key of the host's chat client; <see langword="null"/> for the one without a key. Asked for on first use.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder AddChatClientVerifier(this IRagCachingBuilder builder, object? chatClientKey = null) =>
        builder.AddVerifier(services => new ChatClientVerifier(() => ClientOf(services, chatClientKey)));

    /// <summary>Sets what compares new answers with stored ones, for an error budget and in shadow mode.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the comparer, the first time that one is needed.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder UseAnswerComparer(this IRagCachingBuilder builder, Func<IServiceProvider, IAnswerComparer> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        return builder.AddCreated(create);
    }

    /// <summary>Lets a model compare new answers with stored ones.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClientKey">The key of the host's chat client; <see langword="null"/> for the one without a key. Asked for on first use.</param>
    /// <returns>The builder.</returns>
    public static IRagCachingBuilder UseChatClientComparer(this IRagCachingBuilder builder, object? chatClientKey = null) =>
        builder.UseAnswerComparer(services => new ChatClientComparer(() => ClientOf(services, chatClientKey)));

    private static IRagCachingBuilder AddCreated<TService>(this IRagCachingBuilder builder, Func<IServiceProvider, TService> create)
        where TService : class
    {
        _ = builder.ServiceKey is { } key
            ? builder.Services.AddKeyedSingleton(key, (services, _) => create(services))
            : builder.Services.AddSingleton(create);
        return builder;
    }

    private static IChatClient ClientOf(IServiceProvider services, object? key) =>
        key is null ? services.GetRequiredService<IChatClient>() : services.GetRequiredKeyedService<IChatClient>(key);
}
