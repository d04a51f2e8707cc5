using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Chat.Conversations;
using RagCaching.Chat.Requests;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;

namespace RagCaching;

/// <summary>Decides whether a chat request may be cached, and turns it into a question with a partition.</summary>
/// <remarks>
/// What <see cref="SemanticCachingChatClient"/> does before it asks its cache, for code that puts a cache in front of more than a chat client. The
/// partition holds everything that shapes the answer except the last user message and, where that was made into a question that needs none of it, the dialogue before it. Thread-safe.
/// </remarks>
public sealed class ChatQueryReader
{
    private readonly ChatFingerprint _fingerprint;
    private readonly Func<IReadOnlyList<ChatMessage>, string?>? _questionSelector;
    private readonly Func<ChatMessage, bool>? _isContext;
    private readonly IReadOnlyDictionary<string, TimeSpan?> _cacheableTools;
    private readonly bool _cachesHosted;
    private readonly StandaloneQuestions? _standalone;
    private readonly HashSet<string> _ignoredProperties;

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
        var settings = (options ?? new SemanticCachingChatClientOptions()).Checked();
        _questionSelector = settings.QuestionSelector;
        _isContext = settings.ContextMessages;
        _cacheableTools = CacheableToolSet.Copy(settings.CacheableTools);
        _cachesHosted = settings.CacheHostedConversations;
        _ignoredProperties = settings.IgnoredProperties.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _fingerprint = new ChatFingerprint(new ChatModelIdentity(model), settings.InstructionNormalizer, _ignoredProperties);
        Notices = new ChatNotices(QuietLogger.From(LogCategories.ChatClient, services));

        // Without services there is no rewriter that could be found later.
        _standalone = settings.Rewriting.Rewriter is null && services is null ? null : new StandaloneQuestions(settings.Rewriting, serviceKey, services);
    }

    /// <summary>Gets what says once, in the log, why requests are not cached.</summary>
    internal ChatNotices Notices { get; }

    /// <summary>Gets what calls functions behind the cache, which may know functions that are not offered.</summary>
    internal FunctionInvokingChatClient? Functions { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Functions"/> is what stands behind the cache, even where that is nothing.</summary>
    internal bool KnowsWhatFollows { get; init; }

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
        var request = RequestControls.Look(options);
        var innerOptions = RequestControls.WithoutControls(options);
        var tools = CacheableToolSet.Of(_cacheableTools, options?.Tools, Functions?.AdditionalTools);
        var question = "";
        var compared = snapshot;
        var reason = request.Mode == SemanticCacheMode.Bypass ? SemanticCacheReason.BypassRequested : Compare(snapshot, out compared);
        reason = reason == SemanticCacheReason.None ? BypassReasonOf(compared, options, tools) : reason;
        if (reason == SemanticCacheReason.None && !TryGetQuestion(snapshot, compared[^1], request, out question))
        {
            reason = SemanticCacheReason.CallbackFailed;
        }

        var parts = new Parts(snapshot, compared, options, innerOptions, request, tools);
        return reason == SemanticCacheReason.None && _standalone is not null && request.Question is null && Conversation.ReplaceableOf(compared) is { } replaceable
            ? ReadRewrittenAsync(parts, question, replaceable, cancellationToken)
            : ValueTask.FromResult(ToChatQuery(parts, Matching.AsItIs(compared, question), reason));
    }

    /// <summary>Leaves no timer behind when no request is being read any more.</summary>
    internal void Stop() => _standalone?.Stop();

    // The callback is the host's, and may fail.
    private SemanticCacheReason Compare(ChatMessage[] messages, out ChatMessage[] compared)
    {
        var ordered = Quietly.Get(static call => ContextRole.Compared(call.Messages, call.IsContext), (Messages: messages, IsContext: _isContext), fallback: null);
        compared = ordered ?? messages;
        return ordered is null ? SemanticCacheReason.CallbackFailed : SemanticCacheReason.None;
    }

    private async ValueTask<ChatQuery> ReadRewrittenAsync(Parts parts, string question, bool[] replaceable, CancellationToken cancellationToken)
    {
        var (rewritten, reply) = await _standalone!.RewriteAsync(parts.Messages, question, cancellationToken).ConfigureAwait(false);
        var dialogue = reply is null ? default : Conversation.DigestOf(parts.Messages, replaceable, question);
        if (!string.IsNullOrWhiteSpace(reply) && rewritten is not { IsUnchanged: true })
        {
            Notices.OnRewriting(reply, dialogue);
        }

        var matching = rewritten switch
        {
            null => Matching.AsItIs(parts.Messages, question),
            { IsUnchanged: true } => Matching.StandsAlone(parts.Messages, question),
            { Question: var standalone } => Matching.Rewritten(parts.Messages, replaceable, standalone, dialogue),
        };
        return ToChatQuery(parts, matching, SemanticCacheReason.None);
    }

    private ChatQuery ToChatQuery(Parts parts, Matching matching, SemanticCacheReason reason)
    {
        SemanticCacheQuery? query = null;
        if (reason == SemanticCacheReason.None)
        {
            reason = TryGetPartition(parts, matching, out var partition);
            query = reason == SemanticCacheReason.None ? ToQuery(parts.Request, matching, partition) : null;
        }

        if (query is null)
        {
            Notices.OnBypass(reason, KnowsWhatFollows && Functions is null && HasTools(parts));
        }

        return new ChatQuery
        {
            Messages = parts.Sent,
            Options = parts.InnerOptions,
            Query = query,
            Scope = parts.Request.Scope,
            BypassReason = reason,
            CacheableTools = parts.Tools,
            KeepToolCalls = parts.Request.KeepToolCalls,
            ExactOnly = query is null && (IsExactOnly(parts.Request, matching) || (parts.Messages is [.., var asked] && ContextDependence.IsLikely(asked.Text))),
            MinimumSimilarity = parts.Request.MinimumSimilarity,
            MaxAge = parts.Request.MaxAge,
        };
    }

    private static bool IsExactOnly(SemanticCacheChatControls request, Matching matching) => request.ExactOnly || matching.ExactOnly || ContextDependence.IsLikely(matching.Question);

    private bool TryGetQuestion(ChatMessage[] messages, ChatMessage asked, SemanticCacheChatControls request, out string question)
    {
        question = "";
        try
        {
            question = request.Question ?? _questionSelector?.Invoke(messages) ?? asked.Text;
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The selector is the host's. Without it it is not known what would have to be compared.
            return false;
        }
    }

    private SemanticCacheReason TryGetPartition(Parts parts, Matching matching, out string partition)
    {
        partition = "";
        try
        {
            if (Notices.WantsInstructions)
            {
                Notices.OnInstructions(_fingerprint.ComputeInstructions(parts.Messages, parts.Options));
            }

            Notices.OnProperties(parts.Options?.AdditionalProperties, _ignoredProperties);
            if (!_fingerprint.IsModelKnown(parts.Options))
            {
                Notices.OnUnknownModel();
            }

            if (!_fingerprint.TryCompute(matching.Earlier, parts.Messages[^1], parts.Options, parts.Request.KeepToolCalls, out partition))
            {
                return SemanticCacheReason.OpaqueOptions;
            }

            return SemanticCacheReason.None;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The normalizer is the host's.
            return SemanticCacheReason.CallbackFailed;
        }
    }

    private static SemanticCacheQuery ToQuery(SemanticCacheChatControls request, Matching matching, string partition) => new()
    {
        Question = matching.Question,
        Partition = partition,
        Scope = request.Scope,
        Tags = [.. request.Tags],
        CreatedBy = request.CreatedBy,
        TimeToLive = request.TimeToLive,
        MinimumSimilarity = request.MinimumSimilarity,
        Mode = request.Mode,
        MaxAge = request.MaxAge,
        ExactOnly = IsExactOnly(request, matching),
        ExactContext = matching.ExactContext,
    };

    private SemanticCacheReason BypassReasonOf(ChatMessage[] messages, ChatOptions? chatOptions, IReadOnlyDictionary<string, TimeSpan?> cacheableTools) =>
        messages.Length == 0 || messages[^1].Role != ChatRole.User ? SemanticCacheReason.NoUserTurn
        : !Array.TrueForAll(messages, IsComparable) ? SemanticCacheReason.NonTextContent
        : chatOptions is null ? SemanticCacheReason.None
        : chatOptions.ConversationId is not null && !_cachesHosted ? SemanticCacheReason.HostedConversation
        : chatOptions.ContinuationToken is not null || chatOptions.AllowBackgroundResponses == true ? SemanticCacheReason.BackgroundResponse
        : chatOptions.RawRepresentationFactory is not null ? SemanticCacheReason.OpaqueOptions
        : chatOptions.Tools is { Count: > 0 } offered && !CacheableToolSet.HasAny(cacheableTools, offered) ? SemanticCacheReason.Tools
        : SemanticCacheReason.None;

    private static bool HasTools(Parts parts) =>
        parts.Options?.Tools is { Count: > 0 } || parts.Messages.Any(message => message.Role == ChatRole.Tool || message.Contents.Any(content => content is FunctionCallContent or FunctionResultContent));

    // Usage among the contents of an earlier answer shapes nothing.
    private static bool IsComparable(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is not (TextContent or TextReasoningContent or UsageContent) && !Attachments.IsComparable(message.Contents[i]))
            {
                return false;
            }
        }

        return message.Role != ChatRole.Tool;
    }

    /// <summary>A request, taken apart.</summary>
    /// <param name="Sent">The messages that the model gets.</param>
    /// <param name="Messages">The messages in the order in which they are compared, the question last.</param>
    /// <param name="Options">The options that are compared.</param>
    /// <param name="InnerOptions">The options that the model gets.</param>
    /// <param name="Request">What the request says to the cache.</param>
    /// <param name="Tools">The tools that merely read.</param>
    private readonly record struct Parts(ChatMessage[] Sent, ChatMessage[] Messages, ChatOptions? Options, ChatOptions? InnerOptions, SemanticCacheChatControls Request, IReadOnlyDictionary<string, TimeSpan?> Tools);

    /// <summary>How a question is matched.</summary>
    /// <param name="Question">What is matched by meaning, or as it is.</param>
    /// <param name="Earlier">The messages that must be equal.</param>
    /// <param name="ExactOnly">Whether the question means something only after what was said before.</param>
    /// <param name="ExactContext">What else makes an exact repeat.</param>
    private sealed record Matching(string Question, ChatMessage[] Earlier, bool ExactOnly, string? ExactContext = null)
    {
        public static Matching AsItIs(ChatMessage[] messages, string question) =>
            messages.Length == 0 ? new(question, [], ExactOnly: true) : new(question, messages[..^1], Conversation.HasEarlierTurns(messages));

        /// <summary>Makes the matching of a turn that needs no earlier one to be understood, and may still be answered in another way because of them.</summary>
        public static Matching StandsAlone(ChatMessage[] messages, string question) => new(question, messages[..^1], ExactOnly: false);

        public static Matching Rewritten(ChatMessage[] messages, bool[] replaceable, string question, Digest dialogue) =>
            new(question, [.. messages[..^1].Where((_, i) => !replaceable[i])], ExactOnly: false, dialogue.ToShortText());
    }
}
