using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Contract.Protection;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Encrypts what leaves the process, and moderates what comes back.</content>
public static partial class RagCachingExtensions
{
    /// <summary>Encrypts stored answers, their questions and vectors, and embeddings with AES-256-GCM before they reach a journal, a store or an <c>IDistributedCache</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// Adds the keys; <see langword="null"/> if they come from configuration (<see cref="BindConfiguration"/>, subsection <c>Protection</c>) or from another call.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// Holds for all caches of the host. The keys are checked when the host starts. What was stored in plain text before counts as unreadable; remove it, or let it expire. All instances that share a store need
    /// the same keys.
    /// </remarks>
    public static IRagCachingBuilder UseAesGcmProtection(this IRagCachingBuilder builder, Action<AesGcmProtectionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptionsWithValidateOnStart<AesGcmProtectionOptions, AesGcmProtectionOptionsRules>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return builder.UsePayloadProtector(static services => new AesGcmPayloadProtector(services.GetRequiredService<IOptions<AesGcmProtectionOptions>>().Value));
    }

    /// <summary>Encrypts what leaves the process with a protector of the host's own.</summary>
    /// <typeparam name="TProtector">The protector; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>Holds for all caches of the host.</remarks>
    public static IRagCachingBuilder UsePayloadProtector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProtector>(this IRagCachingBuilder builder)
        where TProtector : class, IPayloadProtector => builder.UsePayloadProtector(static services => ActivatorUtilities.CreateInstance<TProtector>(services));

    /// <summary>Encrypts what leaves the process with a protector of the host's own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the protector.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <remarks>Holds for all caches of the host.</remarks>
    public static IRagCachingBuilder UsePayloadProtector(this IRagCachingBuilder builder, Func<IServiceProvider, IPayloadProtector> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        // Like the secret of the keys, it belongs to the host and not to one of its caches.
        builder.Services.Replace(ServiceDescriptor.Singleton(create));
        return builder;
    }

    /// <summary>Adds a moderator that every stored answer must pass each time before it is served, whichever front door asks.</summary>
    /// <typeparam name="TModerator">The moderator; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddModerator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TModerator>(this IRagCachingBuilder builder)
        where TModerator : class, IAnswerModerator => builder.AddModerator(static services => ActivatorUtilities.CreateInstance<TModerator>(services));

    /// <summary>Adds a moderator that every stored answer must pass each time before it is served, whichever front door asks.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates the moderator when it is first needed.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddModerator(this IRagCachingBuilder builder, Func<IServiceProvider, IAnswerModerator> create) => builder.AddCreated(create);
}
