using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Helpers;

/// <summary>Prepares calls that the library itself makes to a model: a cache in front of that model must not answer them, nor keep them.</summary>
internal static class OwnCalls
{
    /// <summary>Makes the options of such a call; only a client that has a cache is told to bypass it.</summary>
    public static ChatOptions OptionsFor(IChatClient client, ChatOptions options) =>
        client.GetService<ISemanticCache>() is null ? options : options.WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass);
}
