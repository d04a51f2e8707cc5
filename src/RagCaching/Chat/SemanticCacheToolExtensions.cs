using RagCaching.Chat.Tools;

namespace Microsoft.Extensions.AI;

/// <summary>Tells a semantic cache about tools.</summary>
public static partial class SemanticCacheToolExtensions
{
    /// <summary>Marks a function that merely reads, so that an answer for which it was called may be stored.</summary>
    /// <param name="function">The function.</param>
    /// <param name="timeToLive">How long an answer from it stays valid; <see langword="null"/> for as long as any other.</param>
    /// <returns>A function with the mark, which does the same.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeToLive"/> is not positive.</exception>
    /// <remarks>As naming it in <see cref="RagCaching.SemanticCachingChatClientOptions.CacheableTools"/>, where the function is made rather than where the cache is.</remarks>
    public static AIFunction AsCacheable(this AIFunction function, TimeSpan? timeToLive = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (timeToLive is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(timeToLive));
        }

        return new CacheableAIFunction(function, timeToLive);
    }
}
