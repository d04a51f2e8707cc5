using System.Runtime.CompilerServices;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace RagCaching.Agents;

/// <summary>An agent whose chat client is behind a cache for each run: there the whole prompt is known, with what context providers have injected and what the session holds.</summary>
internal sealed class SemanticCachingAgent : DelegatingAIAgent
{
    private readonly Func<IChatClient, IChatClient> _withCache;

    // Each run brings the agent's own client, or what the caller's factory makes of it.
    private readonly ConditionalWeakTable<IChatClient, IChatClient> _clients = [];

    /// <summary>Creates an agent.</summary>
    /// <param name="innerAgent">The agent.</param>
    /// <param name="withCache">Puts the cache in front of a chat client.</param>
    /// <exception cref="InvalidOperationException">The agent is not over a chat client.</exception>
    public SemanticCachingAgent(AIAgent innerAgent, Func<IChatClient, IChatClient> withCache)
        : base(innerAgent)
    {
        if (innerAgent.GetService<ChatClientAgent>() is not { } agent)
        {
            throw new InvalidOperationException($"The agent '{innerAgent.Name ?? innerAgent.Id}' is not over a chat client ({nameof(ChatClientAgent)}), so there is no prompt that could be compared. Put the cache in front of the agents that it calls.");
        }

        _withCache = withCache;

        // Here rather than in the first run, so that wrong settings are known when the agent is built.
        _ = ClientFor(agent.ChatClient);
    }

    /// <summary>Adds to the settings what an agent's prompt needs.</summary>
    /// <exception cref="InvalidOperationException">The settings cannot be used with an agent.</exception>
    public static Action<SemanticCachingChatClientOptions> Configured(Action<SemanticCachingChatClientOptions>? configure) => options =>
    {
        configure?.Invoke(options);
        if (options.CacheHostedConversations)
        {
            throw new InvalidOperationException(
                $"{nameof(SemanticCachingChatClientOptions.CacheHostedConversations)} cannot be used with an agent: a session that the provider keeps needs an id with every answer, and a stored one has none.");
        }

        var own = options.ContextMessages;
        options.ContextMessages = message => message.GetAgentRequestMessageSourceType() == AgentRequestMessageSourceType.AIContextProvider || own?.Invoke(message) == true;
    };

    /// <inheritdoc/>
    protected override Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        InnerAgent.RunAsync(messages, session, Cached(options), cancellationToken);

    /// <inheritdoc/>
    protected override IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        InnerAgent.RunStreamingAsync(messages, session, Cached(options), cancellationToken);

    private ChatClientAgentRunOptions Cached(AgentRunOptions? options)
    {
        var cached = options switch
        {
            ChatClientAgentRunOptions own => (ChatClientAgentRunOptions)own.Clone(),
            null => new ChatClientAgentRunOptions(),
            _ => new ChatClientAgentRunOptions
            {
                ContinuationToken = options.ContinuationToken,
                AllowBackgroundResponses = options.AllowBackgroundResponses,
                AdditionalProperties = options.AdditionalProperties?.Clone(),
                ResponseFormat = options.ResponseFormat,
            },
        };
        var factory = cached.ChatClientFactory;
        cached.ChatClientFactory = client => ClientFor(factory is null ? client : factory(client));
        return cached;
    }

    private IChatClient ClientFor(IChatClient client) => _clients.GetValue(client, inner => _withCache(inner));
}
