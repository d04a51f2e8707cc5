using RagCaching;
using RagCaching.Chat.Answers;

namespace Microsoft.Extensions.AI;

/// <content>Reads from a response where it came from.</content>
public static partial class SemanticCacheChatExtensions
{
    /// <summary>Gets where a response came from.</summary>
    /// <param name="response">A response that passed a <see cref="SemanticCachingChatClient"/>.</param>
    /// <returns>
    /// Outcome, reason, similarity, entry id and age, or <see langword="null"/> when no cache was passed. The question that was matched
    /// is never in it: responses travel further than scopes.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public static SemanticCacheResult? GetSemanticCacheResult(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);

        // A response that was put together from updates may carry their properties on its messages.
        return HitMarker.Read(response.AdditionalProperties, response)
            ?? response.Messages.Select(message => HitMarker.Read(message.AdditionalProperties, response)).FirstOrDefault(result => result is not null);
    }

    /// <summary>Gets where a streamed response came from, out of its first update.</summary>
    /// <param name="update">The first update of a stream that passed a <see cref="SemanticCachingChatClient"/>.</param>
    /// <returns>As for a whole response; <see langword="null"/> for any other update.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="update"/> is <see langword="null"/>.</exception>
    public static SemanticCacheResult? GetSemanticCacheResult(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);

        return HitMarker.Read(update.AdditionalProperties, response: null);
    }
}
