using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;

namespace RagCaching.Chat.Requests;

/// <summary>Asks the host's rewriter, if there is one, and takes every failure for "it cannot be done".</summary>
internal sealed class StandaloneQuestions(SemanticCachingChatClientOptions options, string cacheName, IServiceProvider? services)
{
    private readonly TimeProvider _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly CacheTelemetry _telemetry = new(TelemetryNames.Kinds.Response, cacheName, services);
    private readonly ILogger _logger = QuietLogger.From<SemanticCachingChatClient>(services);
    private readonly RateLimit _logLimit = new(services?.GetService<TimeProvider>() ?? TimeProvider.System, Log.LeastInterval);

    // On first use, not in a constructor: a rewriter may need the very chat client that this belongs to.
    private readonly Lazy<IQuestionRewriter?> _rewriter = new(() => options.QuestionRewriter ?? Find(cacheName, services));

    /// <summary>Gets a value indicating whether there may be a rewriter.</summary>
    public bool MayRewrite => options.QuestionRewriter is not null || services is not null;

    /// <summary>Rewrites the last turn of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="question">The question in its last message.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns><see langword="null"/> where there is no rewriter or it did not succeed in time.</returns>
    public async ValueTask<string?> RewriteAsync(ChatMessage[] messages, string question, CancellationToken cancellationToken)
    {
        try
        {
            if (_rewriter.Value is not { } rewriter)
            {
                return null;
            }

            ChatMessage[] conversation = [.. messages[..^1], new ChatMessage(ChatRole.User, question)];
            var standalone = await TimeLimit.RunAsync(
                (call, token) => rewriter.RewriteAsync(call, token), conversation, options.RewriteTimeout, _time, cancellationToken).ConfigureAwait(false);
            return string.IsNullOrWhiteSpace(standalone) ? null : standalone;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The exception itself is not logged: a provider may quote the conversation in its message.
            _telemetry.Failed(TelemetryNames.Operations.Rewrite, exception.GetType().Name);
            if (_logLimit.TryPass())
            {
                Log.QuestionNotRewritten(_logger, exception.GetType().Name);
            }

            return null;
        }
    }

    private static IQuestionRewriter? Find(string cacheName, IServiceProvider? services) =>
        (cacheName == SemanticCache.DefaultName ? null : (services as IKeyedServiceProvider)?.GetKeyedService(typeof(IQuestionRewriter), cacheName) as IQuestionRewriter)
        ?? services?.GetService<IQuestionRewriter>();
}
