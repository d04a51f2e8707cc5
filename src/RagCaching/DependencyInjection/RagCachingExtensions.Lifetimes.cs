using System.Diagnostics.CodeAnalysis;
using RagCaching;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Decides how long answers are kept.</content>
public static partial class RagCachingExtensions
{
    /// <summary>Adds code that decides how long new answers are kept.</summary>
    /// <typeparam name="TLifetime">The code; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddAnswerLifetime<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TLifetime>(this IRagCachingBuilder builder)
        where TLifetime : class, IAnswerLifetime => builder.AddAnswerLifetime(static services => ActivatorUtilities.CreateInstance<TLifetime>(services));

    /// <summary>Adds code that decides how long new answers are kept.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates it when the first answer is stored.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder AddAnswerLifetime(this IRagCachingBuilder builder, Func<IServiceProvider, IAnswerLifetime> create) => builder.AddCreated(create);
}
