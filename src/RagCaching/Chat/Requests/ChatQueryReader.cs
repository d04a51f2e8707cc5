using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Chat.Requests;
using RagCaching.Diagnostics;

namespace RagCaching;

/// <summary>Decides whether a chat request may be cached, and turns it into a question with a partition.</summary>
/// <remarks>
/// What <see cref="SemanticCachingChatClient"/> does before it asks its cache, for code that puts a cache in front of more than a chat client. The
/// partition holds everything that shapes the answer except the last user message. Thread-safe.
/// </remarks>
public sealed class ChatQueryReader
{
    private readonly ChatFingerprint _fingerprint;
    private readonly SemanticCachingChatClientOptions _options;
    private readonly StandaloneQuestions _standalone;

    /// <summary>Creates a reader.</summary>
    /// <param name="model">Which model answers. Without a name for it, answers stay with this reader.</param>
    /// <param name="options">How to read requests; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">
    /// Where a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/>, a meter factory and, asked for on first use, an <see cref="IQuestionRewriter"/> may be.
    /// </param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public ChatQueryReader(ChatClientMetadata? model, SemanticCachingChatClientOptions? options = null, IServiceProvider? services = null)
        : this(model, options, serviceKey: null, services)
    {
    }

    internal ChatQueryReader(ChatClientMetadata? model, SemanticCachingChatClientOptions? options, object? serviceKey, IServiceProvider? services)
    {
        _options = (options ?? new SemanticCachingChatClientOptions()).Checked();
        _fingerprint = new ChatFingerprint(new ChatModelIdentity(model), _options.InstructionNormalizer);
        Notices = new ChatNotices(QuietLogger.From(LogCategories.ChatClient, services));
        _standalone = new StandaloneQuestions(_options, serviceKey, services);
    }

    /// <summary>Gets what says once, in the log, why requests are not cached.</summary>
    internal ChatNotices Notices { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="messages">The conversation. It is copied before this method returns.</param>
    /// <param name="options">The options, with what was said by <see cref="SemanticCacheChatExtensions.WithSemanticCache"/>.</param>
    /// <param name="cancellationToken">Cancels the rewriting of the question, which is the only thing that may take time.</param>
    /// <returns>The question, or why there is none.</returns>
    /// <exception cref="ArgumentException">A cache control has a value that is none of its own, or the messages contain null.</exception>
    public ValueTask<ChatQuery> ReadAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        var snapshot = messages.ToArray();
        if (snapshot.Contains(null))
        {
            throw new ArgumentException("The messages contain null.", nameof(messages));
        }

        // The model may be asked later, when the caller has changed the options: what is compared must be what is sent.
        options = options?.Clone();
        var request = RequestControls.Read(options);
        var innerOptions = RequestControls.WithoutControls(options);
        var reason = BypassReasonOf(snapshot, options, request);
        var question = "";
        if (reason == SemanticCacheReason.None && !TryGetQuestion(snapshot, request, out question))
        {
            reason = SemanticCacheReason.CallbackFailed;
        }

        if (reason == SemanticCacheReason.None && _standalone.MayRewrite && request.Question is null && HasEarlierTurns(snapshot))
        {
            return ReadRewrittenAsync(snapshot, options, innerOptions, request, question, cancellationToken);
        }

        return ValueTask.FromResult(ToChatQuery(snapshot, options, innerOptions, request, question, isStandalone: false, reason));
    }

    private async ValueTask<ChatQuery> ReadRewrittenAsync(
        ChatMessage[] messages,
        ChatOptions? options,
        ChatOptions? innerOptions,
        SemanticCacheChatControls request,
        string question,
        CancellationToken cancellationToken)
    {
        var standalone = await _standalone.RewriteAsync(messages, question, cancellationToken).ConfigureAwait(false);
        return ToChatQuery(messages, options, innerOptions, request, standalone ?? question, standalone is not null, SemanticCacheReason.None);
    }

    private ChatQuery ToChatQuery(
        ChatMessage[] messages,
        ChatOptions? options,
        ChatOptions? innerOptions,
        SemanticCacheChatControls request,
        string question,
        bool isStandalone,
        SemanticCacheReason reason)
    {
        SemanticCacheQuery? query = null;
        if (reason == SemanticCacheReason.None)
        {
            reason = TryGetPartition(messages, options, isStandalone, out var partition);
            query = reason == SemanticCacheReason.None ? ToQuery(messages, request, question, isStandalone, partition) : null;
        }

        if (query is null)
        {
            Notices.OnBypass(reason);
        }

        return new ChatQuery { Messages = messages, Options = innerOptions, Query = query, Scope = request.Scope, BypassReason = reason };
    }

    private bool TryGetQuestion(ChatMessage[] messages, SemanticCacheChatControls request, out string question)
    {
        question = "";
        try
        {
            question = request.Question ?? _options.QuestionSelector?.Invoke(messages) ?? messages[^1].Text;
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The selector is the host's. Without it it is not known what would have to be compared.
            return false;
        }
    }

    private SemanticCacheReason TryGetPartition(ChatMessage[] messages, ChatOptions? options, bool isStandalone, out string partition)
    {
        partition = "";
        try
        {
            // A question that was made to stand by itself needs no earlier turns, and none of them may keep it from being found.
            ReadOnlySpan<ChatMessage> earlier = isStandalone
                ? messages.Where(message => message.Role == ChatRole.System).ToArray()
                : messages.AsSpan(0, messages.Length - 1);
            if (Notices.WantsInstructions)
            {
                Notices.OnInstructions(_fingerprint.ComputeInstructions(earlier, options));
            }

            if (!_fingerprint.IsModelKnown(options))
            {
                Notices.OnUnknownModel();
            }

            if (!_fingerprint.TryCompute(earlier, options, out var digest))
            {
                return SemanticCacheReason.OpaqueOptions;
            }

            partition = digest.ToText();
            return SemanticCacheReason.None;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The normalizer is the host's.
            return SemanticCacheReason.CallbackFailed;
        }
    }

    private static SemanticCacheQuery ToQuery(ChatMessage[] messages, SemanticCacheChatControls request, string question, bool isStandalone, string partition) => new()
    {
        Question = question,
        Partition = partition,
        Scope = request.Scope,
        Tags = [.. request.Tags],
        TimeToLive = request.TimeToLive,
        MinimumSimilarity = request.MinimumSimilarity,
        Mode = request.Mode,
        ExactOnly = (!isStandalone && HasEarlierTurns(messages)) || ContextDependence.IsLikely(question),
    };

    private SemanticCacheReason BypassReasonOf(ChatMessage[] messages, ChatOptions? chatOptions, SemanticCacheChatControls request) =>
        request.Mode == SemanticCacheMode.Bypass ? SemanticCacheReason.BypassRequested
        : messages.Length == 0 || messages[^1].Role != ChatRole.User ? SemanticCacheReason.NoUserTurn
        : !messages.All(HasTextOnly) ? SemanticCacheReason.NonTextContent
        : chatOptions is null ? SemanticCacheReason.None
        : chatOptions.ConversationId is not null ? SemanticCacheReason.HostedConversation
        : chatOptions.ContinuationToken is not null || chatOptions.AllowBackgroundResponses == true ? SemanticCacheReason.BackgroundResponse
        : chatOptions.RawRepresentationFactory is not null ? SemanticCacheReason.OpaqueOptions
        : chatOptions.Tools is { Count: > 0 } && !_options.CacheWithTools ? SemanticCacheReason.Tools
        : SemanticCacheReason.None;

    // Usage among the contents of an earlier answer shapes nothing.
    private static bool HasTextOnly(ChatMessage message) =>
        message.Contents.All(content => content is TextContent or TextReasoningContent or UsageContent) && message.Role != ChatRole.Tool;

    private static bool HasEarlierTurns(ChatMessage[] messages) => messages.Take(messages.Length - 1).Any(message => message.Role != ChatRole.System);
}
