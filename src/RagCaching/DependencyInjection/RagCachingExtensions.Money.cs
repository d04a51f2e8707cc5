using System.Diagnostics.CodeAnalysis;
using RagCaching;
using RagCaching.Money;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Tells a cache what models cost.</content>
public static partial class RagCachingExtensions
{
    /// <summary>Sets the source of the prices of models; prices in configuration hold for models that it does not know.</summary>
    /// <typeparam name="TPrices">The prices; a singleton whose constructor may take other services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseModelPrices<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPrices>(this IRagCachingBuilder builder)
        where TPrices : class, IModelPrices => builder.UseModelPrices(static services => ActivatorUtilities.CreateInstance<TPrices>(services));

    /// <summary>Sets the source of the prices of models.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Creates it on first use.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseModelPrices(this IRagCachingBuilder builder, Func<IServiceProvider, IModelPrices> create) => builder.UseCreated(create);

    /// <summary>Sets a delegate that tells the prices of models.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="priceOf">Gets the price of a model by its id; <see langword="null"/> for one that it does not know. See <see cref="IModelPrices.PriceOf"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseModelPrices(this IRagCachingBuilder builder, Func<string, ModelPrice?> priceOf)
    {
        ArgumentNullException.ThrowIfNull(priceOf);

        return builder.UseModelPrices(_ => new DelegatedPrices(priceOf));
    }
}
