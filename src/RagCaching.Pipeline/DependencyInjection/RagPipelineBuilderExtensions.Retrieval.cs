using System.Diagnostics.CodeAnalysis;
using RagCaching;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>What becomes of retrieved chunks.</content>
public static partial class RagPipelineBuilderExtensions
{
    /// <summary>Keeps retrieved chunks in memory, and changes the settings of that.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="configure">Changes the settings, in which <see cref="RetrievalCacheOptions.Enabled"/> is already on.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder ConfigureRetrievalCache(this IRagCachingBuilder builder, Action<RetrievalCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<RagPipelineOptions>(NameOf(builder.ServiceKey)).Configure(options =>
        {
            options.RetrievalCache.Enabled = true;
            configure?.Invoke(options.RetrievalCache);
        });
        return builder;
    }

    /// <summary>Orders retrieved chunks anew before they are chosen from.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="create">Makes the reranker; a singleton. The last one that is added counts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="create"/> is <see langword="null"/>.</exception>
    /// <remarks>Its settings are <see cref="RagPipelineOptions.Reranking"/>.</remarks>
    public static IRagCachingBuilder UseReranker(this IRagCachingBuilder builder, Func<IServiceProvider, IReranker> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        return Add(builder, create);
    }

    /// <summary>Orders retrieved chunks anew before they are chosen from.</summary>
    /// <typeparam name="TReranker">The reranker; a singleton that may ask for other services in its constructor.</typeparam>
    /// <param name="builder">The builder of the cache.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseReranker<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TReranker>(this IRagCachingBuilder builder)
        where TReranker : class, IReranker => builder.UseReranker(static services => ActivatorUtilities.CreateInstance<TReranker>(services));

    /// <summary>Orders retrieved chunks anew with a delegate.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="name">The name of the reranker and its model; not empty.</param>
    /// <param name="rerank">Scores chunks; see <see cref="IReranker.RerankAsync"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IRagCachingBuilder UseReranker(
        this IRagCachingBuilder builder, string name, Func<string, IReadOnlyList<RetrievedChunk>, CancellationToken, ValueTask<IReadOnlyList<RerankedChunk>>> rerank)
    {
        var reranker = new DelegateReranker(name, rerank);
        return builder.UseReranker(_ => reranker);
    }
}
