using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using RagCaching;

namespace Microsoft.Extensions.AI;

/// <summary>Adds an embedding cache to an embedding generator, and controls the cache for a request.</summary>
public static partial class EmbeddingCacheExtensions
{
    /// <summary>Caches the embeddings of a generator.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="storage">The storage outside of this process; <see langword="null"/> for the host's <see cref="IDistributedCache"/>, if it has one.</param>
    /// <param name="configure">Changes the settings. They start with those of the host's <c>AddRagCaching</c>, if it was called.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseEmbeddingCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, IDistributedCache? storage = null, Action<CachedEmbedderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.Use((inner, services) =>
        {
            // A new instance each time: changing the host's own would change it for everybody.
            var options = services.GetService<Options.IOptionsFactory<CachedEmbedderOptions>>()?.Create(Options.Options.DefaultName) ?? new CachedEmbedderOptions();
            configure?.Invoke(options);
            return new CachedEmbedder(inner, storage ?? services.GetService<IDistributedCache>(), options, services);
        });
    }
}
