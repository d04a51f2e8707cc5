using RagCaching;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Makes a cache serve less, for less.</content>
public static partial class RagCachingExtensions
{
    /// <summary>Makes the cache serve exact repeats only: nothing is embedded, and no embedding generator has to be registered.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The cheapest first step. The same as <see cref="SemanticCacheOptions.ExactOnly"/>. Answers that were stored without an embedding generator are not found once there is one, since answers belong to the model that
    /// embeds their questions.
    /// </remarks>
    public static IRagCachingBuilder UseExactOnly(this IRagCachingBuilder builder) => builder.ConfigureNamed<SemanticCacheOptions>(static options => options.ExactOnly = true);
}
