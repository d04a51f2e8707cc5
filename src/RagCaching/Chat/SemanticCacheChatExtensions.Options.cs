using RagCaching;
using RagCaching.Chat.Requests;

namespace Microsoft.Extensions.AI;

/// <content>Says to the cache, along with a chat request, how to treat it.</content>
public static partial class SemanticCacheChatExtensions
{
    /// <summary>Copies options and adds what the request says to the cache.</summary>
    /// <param name="options">The options; not changed.</param>
    /// <param name="configure">Sets what the request says; starts with what the options said already.</param>
    /// <returns>
    /// A copy. What is added stays out of the comparison of requests and never reaches the inner client.
    /// </returns>
    /// <exception cref="ArgumentException">The options already carry a cache control with a value that is none of its own.</exception>
    public static ChatOptions WithSemanticCache(this ChatOptions options, Action<SemanticCacheChatControls> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);

        var request = RequestControls.Read(options);
        configure(request);
        var copy = options.Clone();
        copy.AdditionalProperties = options.AdditionalProperties?.Clone() ?? [];
        RequestControls.Write(request, copy.AdditionalProperties);
        return copy;
    }
}
