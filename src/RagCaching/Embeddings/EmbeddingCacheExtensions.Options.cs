using RagCaching;
using RagCaching.Embeddings.Keys;

namespace Microsoft.Extensions.AI;

/// <content>Says in a request what an embedding cache shall do with it.</content>
public static partial class EmbeddingCacheExtensions
{
    /// <summary>Copies options and adds what the cache shall do.</summary>
    /// <param name="options">The options; they stay as they are.</param>
    /// <param name="mode">Whether the cache is read and written.</param>
    /// <param name="timeToLive">How long what is generated is kept, more than zero and at most 3,650 days; default that of the cache.</param>
    /// <returns>The copy. What it says to the cache is not a part of the key and does not reach the generator.</returns>
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
