using Microsoft.Extensions.AI;

namespace RagCaching.Chat;

/// <summary>Decides whether a chat request may be cached, and turns it into a question with a partition.</summary>
internal sealed class ChatPlanner(ChatFingerprint fingerprint, ChatNotices notices, SemanticCachingChatClientOptions options)
{
    /// <summary>Plans a request.</summary>
    /// <exception cref="ArgumentException">A cache control has a value that is none of its own, or the messages contain null.</exception>
    public ChatPlan Plan(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions)
    {
        var snapshot = messages.ToArray();
        if (snapshot.Contains(null))
        {
            throw new ArgumentException("The messages contain null.", nameof(messages));
        }

        // The inner client may be asked later, when the caller has changed the options: what is compared must be what is sent.
        chatOptions = chatOptions?.Clone();
        var request = RequestControls.Read(chatOptions);
        var innerOptions = RequestControls.WithoutControls(chatOptions);
        var reason = BypassReasonOf(snapshot, chatOptions, request);
        if (reason == SemanticCacheReason.None)
        {
            reason = TryCompare(snapshot, chatOptions, request, out var query);
            if (query is not null)
            {
                return new ChatPlan(snapshot, innerOptions, query, SemanticCacheReason.None);
            }
        }

        notices.OnBypass(reason);
        return new ChatPlan(snapshot, innerOptions, Query: null, reason);
    }

    private SemanticCacheReason TryCompare(ChatMessage[] messages, ChatOptions? chatOptions, SemanticCacheRequest request, out SemanticCacheQuery? query)
    {
        query = null;
        try
        {
            var earlier = messages.AsSpan(0, messages.Length - 1);
            if (notices.WantsInstructions)
            {
                notices.OnInstructions(fingerprint.ComputeInstructions(earlier, chatOptions));
            }

            if (!fingerprint.IsModelKnown(chatOptions))
            {
                notices.OnUnknownModel();
            }

            if (!fingerprint.TryCompute(earlier, chatOptions, out var digest))
            {
                return SemanticCacheReason.OpaqueOptions;
            }

            query = ToQuery(messages, request, digest.ToText());
            return SemanticCacheReason.None;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The selector and the normalizer are the host's. Without them it is not known what would have to be equal.
            return SemanticCacheReason.CallbackFailed;
        }
    }

    private SemanticCacheQuery ToQuery(ChatMessage[] messages, SemanticCacheRequest request, string partition)
    {
        var question = request.Question ?? options.QuestionSelector?.Invoke(messages) ?? messages[^1].Text;
        return new SemanticCacheQuery
        {
            Question = question,
            Partition = partition,
            Scope = request.Scope,
            Tags = [.. request.Tags],
            TimeToLive = request.TimeToLive,
            MinimumSimilarity = request.MinimumSimilarity,
            Mode = request.Mode,
            ExactOnly = HasEarlierTurns(messages) || ContextDependence.IsLikely(question),
        };
    }

    private SemanticCacheReason BypassReasonOf(ChatMessage[] messages, ChatOptions? chatOptions, SemanticCacheRequest request) =>
        request.Mode == SemanticCacheMode.Bypass ? SemanticCacheReason.BypassRequested
        : messages.Length == 0 || messages[^1].Role != ChatRole.User ? SemanticCacheReason.NoUserTurn
        : !messages.All(HasTextOnly) ? SemanticCacheReason.NonTextContent
        : chatOptions is null ? SemanticCacheReason.None
        : chatOptions.ConversationId is not null ? SemanticCacheReason.HostedConversation
        : chatOptions.ContinuationToken is not null || chatOptions.AllowBackgroundResponses == true ? SemanticCacheReason.BackgroundResponse
        : chatOptions.RawRepresentationFactory is not null ? SemanticCacheReason.OpaqueOptions
        : chatOptions.Tools is { Count: > 0 } && !options.CacheWithTools ? SemanticCacheReason.Tools
        : SemanticCacheReason.None;

    // Usage among the contents of an earlier answer shapes nothing.
    private static bool HasTextOnly(ChatMessage message) =>
        message.Contents.All(content => content is TextContent or TextReasoningContent or UsageContent) && message.Role != ChatRole.Tool;

    private static bool HasEarlierTurns(ReadOnlySpan<ChatMessage> messages)
    {
        foreach (var message in messages[..^1])
        {
            if (message.Role != ChatRole.System)
            {
                return true;
            }
        }

        return false;
    }
}
