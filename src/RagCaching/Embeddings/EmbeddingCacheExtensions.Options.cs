using RagCaching;
using RagCaching.Embeddings.Keys;

namespace Microsoft.Extensions.AI;

/// <content>Tells an embedding cache how to handle a request.</content>
public static partial class EmbeddingCacheExtensions
{
    /// <summary>Copies options and adds instructions for the cache.</summary>
    /// <param name="options">The options. They are not changed.</param>
    /// <param name="mode">Specifies whether the cache is read and written.</param>
    /// <param name="timeToLive">How long generated embeddings are kept: more than zero, at most 3,650 days. The default is that of the cache.</param>
    /// <returns>The copy. The instructions for the cache are not part of the key and do not reach the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> is not a defined value, or <paramref name="timeToLive"/> is out of range.</exception>
    public static EmbeddingGenerationOptions WithEmbeddingCache(
        this EmbeddingGenerationOptions options, EmbeddingCacheMode mode = EmbeddingCacheMode.ReadWrite, TimeSpan? timeToLive = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Enum.IsDefined(mode))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode of the embedding cache.");
        }

        var copy = options.Clone();
        copy.AdditionalProperties ??= [];
        copy.AdditionalProperties[EmbeddingControls.Mode] = mode.ToString();
        if (timeToLive is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(timeToLive));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, CachedEmbedderOptions.MaxTimeToLive, nameof(timeToLive));
            copy.AdditionalProperties[EmbeddingControls.TimeToLive] = time.TotalSeconds;
        }

        return copy;
    }
}
