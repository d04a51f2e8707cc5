using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Chat;
using RagCaching.Diagnostics;
using RagCaching.Semantic;

namespace RagCaching;

/// <summary>A chat client that answers from an <see cref="ISemanticCache"/> where it can and asks the inner client where it must.</summary>
/// <remarks>
/// <para>
/// Only the last user message is matched by meaning. Everything else that shapes the answer must be equal: model, instructions, earlier
/// messages, options, response format, tools. Conversations with earlier turns are matched character by character.
/// </para>
/// <para>
/// Each response, or the first update of each stream, says where it came from:
/// <see cref="SemanticCacheChatResponseExtensions.GetSemanticCacheResult(ChatResponse)"/>. Thread-safe.
/// </para>
/// </remarks>
public sealed class SemanticCachingChatClient : DelegatingChatClient
{
    private readonly ISemanticCache _cache;
    private readonly ChatQueryReader _queries;
    private readonly RequestReporter _reporter;

    /// <summary>Creates a client.</summary>
    /// <param name="innerClient">The client to ask. Disposed with this one.</param>
    /// <param name="cache">The cache. Not disposed.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Where an <see cref="ILoggerFactory"/> and a meter factory may be.</param>
    public SemanticCachingChatClient(
        IChatClient innerClient, ISemanticCache cache, SemanticCachingChatClientOptions? options = null, IServiceProvider? services = null)
        : this(innerClient, cache, options, SemanticCache.DefaultName, services)
    {
    }

    /// <summary>Creates a client that counts under the name of its cache.</summary>
    internal SemanticCachingChatClient(
        IChatClient innerClient, ISemanticCache cache, SemanticCachingChatClientOptions? options, string cacheName, IServiceProvider? services)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(cache);

        _cache = cache;
        _queries = new ChatQueryReader(innerClient.GetService<ChatClientMetadata>(), options, cacheName, services);
        _reporter = new RequestReporter(
            new CacheTelemetry(TelemetryNames.Kinds.Response, cacheName, services), QuietLogger.From<SemanticCachingChatClient>(services));
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        return RespondAsync(_queries.ReadAsync(messages, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        // Preserved, since a stream may be enumerated more than once.
        return StreamAsync(_queries.ReadAsync(messages, options, cancellationToken).Preserve(), cancellationToken);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ISemanticCache) ? _cache : base.GetService(serviceType, serviceKey);

    // No ConfigureAwait(false) around the inner client: it may run user tools that need their context.
    private async Task<ChatResponse> RespondAsync(ValueTask<ChatQuery> reading, CancellationToken cancellationToken)
    {
        var chat = await reading.ConfigureAwait(true);
        if (chat.Query is null)
        {
            var direct = await InnerClient.GetResponseAsync(chat.Messages, chat.Options, cancellationToken).ConfigureAwait(true);
            HitMarker.Mark(direct, Bypassed(chat));
            return direct;
        }

        var result = await _cache.GetOrCreateAsync(
            chat.Query, (_, token) => InnerClient.GetResponseAsync(chat.Messages, chat.Options, token), cancellationToken).ConfigureAwait(true);
        var response = result.Response!;
        Mention(result);
        HitMarker.Mark(response, result);
        return response;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ValueTask<ChatQuery> reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chat = await reading.ConfigureAwait(true);
        var stream = chat.Query is null
            ? new SemanticCacheStreamingResult(Bypassed(chat), InnerClient.GetStreamingResponseAsync(chat.Messages, chat.Options, cancellationToken))
            : await _cache.GetOrStreamAsync(
                chat.Query, (_, token) => InnerClient.GetStreamingResponseAsync(chat.Messages, chat.Options, token), cancellationToken).ConfigureAwait(true);
        var isFirst = true;
        await foreach (var update in stream.WithCancellation(cancellationToken).ConfigureAwait(true))
        {
            if (isFirst)
            {
                isFirst = false;
                Mention(stream.Result);
                HitMarker.Mark(update, stream.Result);
            }

            yield return update;
        }
    }

    // The cache has reasons of its own to stand aside.
    private void Mention(SemanticCacheResult result)
    {
        if (result.Outcome == SemanticCacheOutcome.Bypass)
        {
            _queries.Notices.OnBypass(result.Reason);
        }
    }

    private SemanticCacheResult Bypassed(ChatQuery chat)
    {
        _reporter.Report(SemanticCacheOutcome.Bypass, chat.BypassReason);
        return new SemanticCacheResult { Outcome = SemanticCacheOutcome.Bypass, Reason = chat.BypassReason };
    }
}
