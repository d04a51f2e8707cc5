using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.Chat.Answers;
using RagCaching.Chat.Requests;
using RagCaching.Contract;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using RagCaching.Internal.Faults;

namespace RagCaching;

/// <summary>A chat client that answers from an <see cref="ISemanticCache"/> where it can and asks the inner client where it must.</summary>
/// <remarks>
/// <para>
/// Only the last user message is matched by meaning. Everything else that shapes the answer must be equal: model, instructions, earlier
/// messages, author of the question, options, response format, tools. Conversations with earlier turns are matched character by character. Who may share the answer is read when a method
/// is called, not when a stream is read.
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
    private readonly AnswerReview _review;
    private readonly Func<ChatResponse, CancellationToken, ValueTask<bool>>? _moderator;
    private readonly AbandonedStreams? _abandoned;
    private readonly TimeSpan _replayInterval;
    private readonly Lazy<ICacheScopeProvider?> _scopes;
    private readonly TimeProvider _time;

    /// <summary>Creates a client.</summary>
    /// <param name="innerClient">The client to ask. Disposed with this one.</param>
    /// <param name="cache">The cache. Not disposed.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Where a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/>, a meter factory, an <see cref="ICacheScopeProvider"/> and an <see cref="IQuestionRewriter"/> may be.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public SemanticCachingChatClient(
        IChatClient innerClient, ISemanticCache cache, SemanticCachingChatClientOptions? options = null, IServiceProvider? services = null)
        : this(innerClient, cache, options, serviceKey: null, services)
    {
    }

    /// <summary>Creates a client that counts under the name of its cache.</summary>
    internal SemanticCachingChatClient(
        IChatClient innerClient, ISemanticCache cache, SemanticCachingChatClientOptions? options, object? serviceKey, IServiceProvider? services)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(cache);

        _cache = cache;
        var settings = (options ?? new SemanticCachingChatClientOptions()).Checked();
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        var reporting = new FaultReporting(
            _time, new CacheTelemetry(TelemetryNames.Kinds.Response, serviceKey?.ToString() ?? SemanticCache.DefaultName, services), QuietLogger.From(LogCategories.ChatClient, services));
        _queries = new ChatQueryReader(innerClient.GetService<ChatClientMetadata>(), settings, serviceKey, services) { Functions = innerClient.GetService<FunctionInvokingChatClient>(), KnowsWhatFollows = true };
        _review = new AnswerReview(settings, reporting);
        _moderator = settings.Moderator;
        _abandoned = settings.Streams.AbandonedTimeout is { } timeout ? new AbandonedStreams(timeout, MaxAbandonedLength, _time) : null;
        _replayInterval = settings.Streams.ReplayInterval;

        // On first use, not here: a provider may need services that need this client.
        _scopes = FirstUse.Of(() => services?.GetService<ICacheScopeProvider>());
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        return RespondAsync(ScopeNow(options), _queries.ReadAsync(messages, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        // Preserved, since a stream may be enumerated more than once.
        return StreamAsync(ScopeNow(options), _queries.ReadAsync(messages, options, cancellationToken).Preserve(), cancellationToken);
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
            _queries.Stop();
        }

        base.Dispose(disposing);
    }

    // No ConfigureAwait(false) around the inner client: it may run user tools that need their context.
    private async Task<ChatResponse> RespondAsync(AmbientScope scope, ValueTask<ChatQuery> reading, CancellationToken cancellationToken)
    {
        var chat = await reading.ConfigureAwait(true);
        var result = await _cache.GetOrCreateAsync(
            scope.ApplyTo(ToCacheQuery(chat)),
            (context, token) => _review.ReviewAsync(InnerClient.GetResponseAsync(chat.Messages, chat.Options, token), chat.Describe(context), token),
            cancellationToken).ConfigureAwait(true);
        var response = result.Response!;
        LogBypass(result);
        HitMarker.Mark(response, result);
        return response;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        AmbientScope scope, ValueTask<ChatQuery> reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chat = await reading.ConfigureAwait(true);
        var stream = await _cache.GetOrStreamAsync(
            scope.ApplyTo(ToCacheQuery(chat)),
            (context, token) => _review.Review(InnerClient.GetStreamingResponseAsync(chat.Messages, chat.Options, token), chat.Describe(context), token),
            cancellationToken).ConfigureAwait(true);
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

    // A request that cannot be cached goes to the cache too, which counts it and lets it pass.
    private SemanticCacheQuery ToCacheQuery(ChatQuery chat) => _moderator is null ? chat.QueryOrBypass : chat.QueryOrBypass.With(_moderator);

    // The caller of now decides who may share the answer: a stream may be read where somebody else is the current one, and a rewriter takes its time.
    private AmbientScope ScopeNow(ChatOptions? options)
    {
        if (RequestControls.NamesScope(options))
        {
            return default;
        }

        if (_cache is IAmbientScope ambient)
        {
            return ambient.ReadScope();
        }

        // One that fails fails again where the cache asks it, which reports it.
        var scope = Quietly.Get(static scopes => scopes.Value?.GetScope(), _scopes, fallback: null);
        return scope is null ? default : AmbientScope.Of(scope);
    }

    private static bool IsStored(SemanticCacheResult result) => result.Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit or SemanticCacheOutcome.Stale;

    // The cache has reasons of its own to stand aside.
    private void LogBypass(SemanticCacheResult result)
    {
        if (result.Outcome == SemanticCacheOutcome.Bypass)
        {
            _queries.Notices.OnBypass(result.Reason);
        }
    }
}
