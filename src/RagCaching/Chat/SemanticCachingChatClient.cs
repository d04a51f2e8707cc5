using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.Chat.Answers;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching;

/// <summary>A chat client that answers from an <see cref="ISemanticCache"/> where it can and asks the inner client where it must.</summary>
/// <remarks>
/// <para>
/// Only the last user message is matched by meaning. Everything else that shapes the answer must be equal: model, instructions, earlier
/// messages, options, response format, tools. Conversations with earlier turns are matched character by character.
/// </para>
/// <para>
/// Each response, or the first update of each stream, says where it came from:
/// <see cref="SemanticCacheChatExtensions.GetSemanticCacheResult(ChatResponse)"/>. Thread-safe.
/// </para>
/// </remarks>
public sealed class SemanticCachingChatClient : DelegatingChatClient
{
    private const int MaxAbandonedLength = 1 << 20;

    private readonly ISemanticCache _cache;
    private readonly ChatQueryReader _queries;
    private readonly RequestReporter _reporter;
    private readonly AnswerReview _review;
    private readonly AbandonedStreams? _abandoned;
    private readonly TimeSpan _replayInterval;
    private readonly TimeProvider _time;

    /// <summary>Creates a client.</summary>
    /// <param name="innerClient">The client to ask. Disposed with this one.</param>
    /// <param name="cache">The cache. Not disposed.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Where a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/>, a meter factory and an <see cref="IQuestionRewriter"/> may be.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
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
        var settings = (options ?? new SemanticCachingChatClientOptions()).Checked();
        var logger = QuietLogger.From<SemanticCachingChatClient>(services);
        var telemetry = new CacheTelemetry(TelemetryNames.Kinds.Response, cacheName, services);
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _queries = new ChatQueryReader(innerClient.GetService<ChatClientMetadata>(), settings, cacheName, services);
        _reporter = new RequestReporter(telemetry, new RequestCounts(), logger);
        _review = new AnswerReview(settings, cache, telemetry, logger, _time);
        _abandoned = settings.AbandonedStreamTimeout is { } timeout ? new AbandonedStreams(timeout, MaxAbandonedLength, _time) : null;
        _replayInterval = settings.ReplayInterval;
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _abandoned?.Dispose();
        }

        base.Dispose(disposing);
    }

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

        var result = await AskAsync(chat, chat.Query, cancellationToken).ConfigureAwait(true);
        if (_review.ReviewsHits && IsStored(result)
            && !await _review.MayServeAsync(result.Response!, result.EntryId, chat.Scope, cancellationToken).ConfigureAwait(true))
        {
            result = await AskAsync(chat, WithRefresh(chat.Query), cancellationToken).ConfigureAwait(true);
        }

        var response = result.Response!;
        LogBypass(result);
        HitMarker.Mark(response, result);
        return response;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ValueTask<ChatQuery> reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chat = await reading.ConfigureAwait(true);
        var stream = chat.Query is null
            ? new SemanticCacheStreamingResult(Bypassed(chat), InnerClient.GetStreamingResponseAsync(chat.Messages, chat.Options, cancellationToken))
            : await OpenAsync(chat, chat.Query, cancellationToken).ConfigureAwait(true);
        var isGenerated = stream.Result.Outcome == SemanticCacheOutcome.Miss;
        var updates = isGenerated && _abandoned is not null ? _abandoned.ReadAsync(stream, cancellationToken) : stream;
        var isFirst = true;
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(true))
        {
            if (isFirst)
            {
                isFirst = false;
                LogBypass(stream.Result);
                HitMarker.Mark(update, stream.Result);
            }
            else if (_replayInterval > TimeSpan.Zero && IsStored(stream.Result))
            {
                await Task.Delay(_replayInterval, _time, cancellationToken).ConfigureAwait(true);
            }

            yield return update;
        }
    }

    private ValueTask<SemanticCacheResult> AskAsync(ChatQuery chat, SemanticCacheQuery query, CancellationToken cancellationToken) => _cache.GetOrCreateAsync(
        query, (context, token) => _review.ReviewAsync(InnerClient.GetResponseAsync(chat.Messages, chat.Options, token), context, token), cancellationToken);

    private async ValueTask<SemanticCacheStreamingResult> OpenAsync(ChatQuery chat, SemanticCacheQuery query, CancellationToken cancellationToken)
    {
        var stream = await OpenUnreviewedAsync(chat, query, cancellationToken).ConfigureAwait(true);
        if (!_review.ReviewsHits || !IsStored(stream.Result))
        {
            return stream;
        }

        // A stored stream can be read more than once.
        var stored = await stream.ToChatResponseAsync(cancellationToken).ConfigureAwait(true);
        return await _review.MayServeAsync(stored, stream.Result.EntryId, chat.Scope, cancellationToken).ConfigureAwait(true)
            ? stream
            : await OpenUnreviewedAsync(chat, WithRefresh(query), cancellationToken).ConfigureAwait(true);
    }

    private ValueTask<SemanticCacheStreamingResult> OpenUnreviewedAsync(ChatQuery chat, SemanticCacheQuery query, CancellationToken cancellationToken) => _cache.GetOrStreamAsync(
        query, (context, token) => _review.Review(InnerClient.GetStreamingResponseAsync(chat.Messages, chat.Options, token), context, token), cancellationToken);

    private static SemanticCacheQuery WithRefresh(SemanticCacheQuery query) =>
        query.With(query.Mode == SemanticCacheMode.ReadOnly ? SemanticCacheMode.Bypass : SemanticCacheMode.Refresh);

    private static bool IsStored(SemanticCacheResult result) => result.Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit;

    // The cache has reasons of its own to stand aside.
    private void LogBypass(SemanticCacheResult result)
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
