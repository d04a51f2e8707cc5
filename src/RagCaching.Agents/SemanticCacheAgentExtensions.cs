using Microsoft.Extensions.AI;
using RagCaching;
using RagCaching.Agents;

namespace Microsoft.Agents.AI;

/// <summary>Puts a semantic cache in front of agents, and reads from their responses where they came from.</summary>
public static partial class SemanticCacheAgentExtensions
{
    /// <summary>Answers from a semantic cache where possible.</summary>
    /// <param name="builder">The builder of an agent over a chat client (<see cref="ChatClientAgent"/>).</param>
    /// <param name="cache">The cache; <see langword="null"/> for the one that <c>AddRagCaching</c> registered.</param>
    /// <param name="configure">Changes the settings of the caching chat client, such as the tools that merely read.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// <para>
    /// The question is what the caller says. What the agent's <see cref="AIContextProvider"/>s inject (messages, instructions, tools) must be equal for an answer to be served, and so must the earlier
    /// messages of the session. The cache is in front of the agent's tools. On a hit neither the model nor a tool is called; context providers and the session see the answer as any other.
    /// </para>
    /// <para>
    /// A session whose messages the provider keeps passes by the cache from the second turn on. Building the agent throws an <see cref="InvalidOperationException"/> where the agent is not over a chat client,
    /// or <see cref="SemanticCachingChatClientOptions.CacheHostedConversations"/> is set, which a session of an agent cannot do with.
    /// </para>
    /// </remarks>
    public static AIAgentBuilder UseSemanticCache(this AIAgentBuilder builder, ISemanticCache? cache = null, Action<SemanticCachingChatClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.Use((inner, services) => new SemanticCachingAgent(
            inner, client => new ChatClientBuilder(client).UseSemanticCache(cache, SemanticCachingAgent.Configured(configure)).Build(services)));
    }

    /// <summary>Answers from a semantic cache that was registered under a key.</summary>
    /// <param name="builder">The builder of an agent over a chat client (<see cref="ChatClientAgent"/>).</param>
    /// <param name="serviceKey">The key given to <c>AddKeyedRagCaching</c>.</param>
    /// <param name="configure">Changes the settings of the caching chat client.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="serviceKey"/> is <see langword="null"/>.</exception>
    /// <remarks>As <see cref="UseSemanticCache"/>.</remarks>
    public static AIAgentBuilder UseKeyedSemanticCache(this AIAgentBuilder builder, object serviceKey, Action<SemanticCachingChatClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceKey);

        return builder.Use((inner, services) => new SemanticCachingAgent(
            inner, client => new ChatClientBuilder(client).UseKeyedSemanticCache(serviceKey, SemanticCachingAgent.Configured(configure)).Build(services)));
    }
}
