using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using RagCaching;
using RagCaching.Chat.Helpers;
using RagCaching.DependencyInjection;
using RagCaching.DependencyInjection.Checks;
using RagCaching.Diagnostics;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Adds parts to a cache after <c>AddRagCaching</c>. <c>Add</c> methods add one more of many, <c>Use</c> methods set the only one.</content>
public static partial class RagCachingExtensions
{
    /// <summary>Adds a guard that every stored answer must pass before it is served to a re-worded question.</summary>
    /// <typeparam name="TGuard">The guard; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddGuard<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGuard>(this IRagCachingBuilder builder)
        where TGuard : class, IMatchGuard => builder.AddGuard(static services => ActivatorUtilities.CreateInstance<TGuard>(services));

    /// <summary>Adds a guard that every stored answer must pass before it is served to a re-worded question.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the guard when it is first needed.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddGuard(this IRagCachingBuilder builder, Func<IServiceProvider, IMatchGuard> create) => builder.AddCreated(create);

    /// <summary>Adds a verifier that must accept every match that everything else has allowed.</summary>
    /// <typeparam name="TVerifier">The verifier; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddVerifier<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TVerifier>(this IRagCachingBuilder builder)
        where TVerifier : class, IMatchVerifier => builder.AddVerifier(static services => ActivatorUtilities.CreateInstance<TVerifier>(services));

    /// <summary>Adds a verifier that must accept every match that everything else has allowed.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the verifier when it is first needed.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddVerifier(this IRagCachingBuilder builder, Func<IServiceProvider, IMatchVerifier> create) => builder.AddCreated(create);

    /// <summary>Adds a chat model as a verifier: <see cref="ChatClientVerifier"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClientKey">The key of the host's chat client; <see langword="null"/> for the client without a key. The client is resolved on first use.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddChatClientVerifier(this IRagCachingBuilder builder, object? chatClientKey = null) =>
        builder.AddVerifier(services => new ChatClientVerifier(() => ClientOf(services, chatClientKey), QuietLogger.From(LogCategories.ChatClient, services)))
            .Uses<IMatchVerifier>(chatClientKey, nameof(AddChatClientVerifier));

    /// <summary>Sets the store that keeps the answers, instead of the in-memory store.</summary>
    /// <typeparam name="TStore">The store; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseVectorStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(this IRagCachingBuilder builder)
        where TStore : class, IVectorStore => builder.UseVectorStore(static services => ActivatorUtilities.CreateInstance<TStore>(services));

    /// <summary>Sets the store that keeps the answers, instead of the in-memory store.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the store.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseVectorStore(this IRagCachingBuilder builder, Func<IServiceProvider, IVectorStore> create) => builder.UseCreated(create);

    /// <summary>Keeps stored answers in this process. This is the default.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the bounds of the store.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseInMemoryStore(this IRagCachingBuilder builder, Action<InMemoryVectorStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var key = builder.ServiceKey;
        return builder.UseVectorStore(services => CacheServices.CreateStore(services, key)).ConfigureInMemoryStore(configure ?? (static _ => { }));
    }

    /// <summary>Lets a limit on wrong answers decide what is served by meaning, instead of a similarity threshold.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the budget; <see langword="null"/> for at most 2 % wrong answers among those served by meaning.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <remarks>
    /// Every scope learns from its own traffic and starts without serving. The budget needs an <see cref="IAnswerComparer"/>. If the host registers
    /// none, short answers are compared by their text, and longer answers by their embeddings, which costs a call of the embedding generator.
    /// </remarks>
    public static IRagCachingBuilder UseErrorBudget(this IRagCachingBuilder builder, Action<ErrorBudgetOptions>? configure = null) => builder.ConfigureNamed<SemanticCacheOptions>(options =>
    {
        options.ErrorBudget ??= new ErrorBudgetOptions();
        configure?.Invoke(options.ErrorBudget);
    });

    /// <summary>Sets the comparer of new and stored answers, for an error budget and for shadow mode.</summary>
    /// <typeparam name="TComparer">The comparer; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseAnswerComparer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TComparer>(this IRagCachingBuilder builder)
        where TComparer : class, IAnswerComparer => builder.UseAnswerComparer(static services => ActivatorUtilities.CreateInstance<TComparer>(services));

    /// <summary>Sets the comparer of new and stored answers, for an error budget and for shadow mode.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the comparer when it is first needed.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseAnswerComparer(this IRagCachingBuilder builder, Func<IServiceProvider, IAnswerComparer> create) => builder.UseCreated(create);

    /// <summary>Lets a chat model compare new answers with stored ones.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClientKey">The key of the host's chat client; <see langword="null"/> for the client without a key. The client is resolved on first use.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseChatClientComparer(this IRagCachingBuilder builder, object? chatClientKey = null) =>
        builder.UseAnswerComparer(services => new ChatClientComparer(() => ClientOf(services, chatClientKey), QuietLogger.From(LogCategories.ChatClient, services)))
            .Uses<IAnswerComparer>(chatClientKey, nameof(UseChatClientComparer));

    /// <summary>Sets the rewriter that makes later turns of conversations understandable by themselves, so that they are matched by meaning.</summary>
    /// <typeparam name="TRewriter">The rewriter; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseQuestionRewriter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TRewriter>(this IRagCachingBuilder builder)
        where TRewriter : class, IQuestionRewriter => builder.UseQuestionRewriter(static services => ActivatorUtilities.CreateInstance<TRewriter>(services));

    /// <summary>Sets the rewriter that makes later turns of conversations understandable by themselves, so that they are matched by meaning.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the rewriter when it is first needed.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseQuestionRewriter(this IRagCachingBuilder builder, Func<IServiceProvider, IQuestionRewriter> create) => builder.UseCreated(create);

    /// <summary>Lets a chat model make later turns of conversations understandable by themselves. A small model is enough.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClientKey">The key of the host's chat client; <see langword="null"/> for the client without a key. The client is resolved on first use.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseChatClientQuestionRewriter(this IRagCachingBuilder builder, object? chatClientKey = null) =>
        builder.UseQuestionRewriter(services => new ChatClientQuestionRewriter(() => ClientOf(services, chatClientKey)))
            .Uses<IQuestionRewriter>(chatClientKey, nameof(UseChatClientQuestionRewriter));

    private static IRagCachingBuilder Uses<TPart>(this IRagCachingBuilder builder, object? chatClientKey, string method)
    {
        builder.Services.AddSingleton(new ChatClientUse(typeof(TPart), builder.ServiceKey, chatClientKey, method));
        return builder;
    }

    private static IRagCachingBuilder AddCreated<TService>(this IRagCachingBuilder builder, Func<IServiceProvider, TService> create)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        _ = builder.ServiceKey is { } key
            ? builder.Services.AddKeyedSingleton(key, (services, _) => create(services))
            : builder.Services.AddSingleton(create);
        return builder;
    }

    private static IRagCachingBuilder UseCreated<TService>(this IRagCachingBuilder builder, Func<IServiceProvider, TService> create)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);

        // The one that was there would otherwise still be found by whoever asks for all of them.
        for (var i = builder.Services.Count - 1; i >= 0; i--)
        {
            if (IsPart(builder.Services[i], typeof(TService), builder.ServiceKey))
            {
                builder.Services.RemoveAt(i);
            }
        }

        return builder.AddCreated(create);
    }

    private static bool IsPart(ServiceDescriptor service, Type part, object? key) =>
        (service.ServiceType == part && Equals(service.ServiceKey, key))
        || (!service.IsKeyedService && service.ImplementationInstance is ChatClientUse use && use.Part == part && Equals(use.CacheKey, key));

    private static IChatClient ClientOf(IServiceProvider services, object? key) =>
        key is null ? services.GetRequiredService<IChatClient>() : services.GetRequiredKeyedService<IChatClient>(key);
}
