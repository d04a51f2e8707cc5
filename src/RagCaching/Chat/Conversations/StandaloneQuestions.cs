using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Chat.Replies;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using RagCaching.Internal.Faults;

namespace RagCaching.Chat.Conversations;

/// <summary>Asks the host's rewriter, if there is one, and takes every failure for "it cannot be done".</summary>
internal sealed class StandaloneQuestions
{
    private readonly FaultReporting _reporting;
    private readonly FaultBarrier _rewriting;

    // On first use, not in the constructor: a rewriter may need the very chat client that this belongs to.
    private readonly Lazy<IQuestionRewriter?> _rewriter;

    /// <summary>Creates what asks a rewriter.</summary>
    public StandaloneQuestions(QuestionRewritingOptions options, object? serviceKey, IServiceProvider? services)
    {
        _reporting = new FaultReporting(
            services?.GetService<TimeProvider>() ?? TimeProvider.System,
            new CacheTelemetry(TelemetryNames.Kinds.Response, serviceKey?.ToString() ?? SemanticCache.DefaultName, services),
            QuietLogger.From(LogCategories.ChatClient, services));

        // The exception itself is not logged: a provider may quote the conversation in its message.
        _rewriting = new FaultBarrier(TelemetryNames.Operations.Rewrite, _reporting, static (logger, errorType, _) => Log.QuestionNotRewritten(logger, errorType), options.Timeout);
        _rewriter = FirstUse.Of(() => options.Rewriter ?? Find(serviceKey, services));
    }

    /// <summary>Rewrites the last turn of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="question">The question in its last message.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>
    /// What the rewriter said, and the question in it: <see langword="null"/> where there is no rewriter, it did not succeed in time, or what it said is no question about this conversation.
    /// </returns>
    public async ValueTask<(RewrittenQuestion? Question, string? Reply)> RewriteAsync(ChatMessage[] messages, string question, CancellationToken cancellationToken)
    {
        var reply = await _rewriting.RunAsync<(Lazy<IQuestionRewriter?> Rewriter, ChatMessage[] Messages, string Question), string?>(
            static async (call, token) => call.Rewriter.Value is { } rewriter
                ? await rewriter.RewriteAsync([.. call.Messages[..^1].Where(static message => !ContextRole.Is(message)), new ChatMessage(ChatRole.User, call.Question)], token).ConfigureAwait(false)
                : null,
            (_rewriter, messages, question),
            fallback: null,
            cancellationToken).ConfigureAwait(false);
        return (RewrittenQuestion.Read(reply, question, messages.Take(messages.Length - 1).Where(Conversation.IsSpoken).Select(message => message.Text)), reply);
    }

    /// <summary>Leaves no timer behind when no question is being rewritten any more.</summary>
    public void Stop() => _reporting.Limits.Stop();

    private static IQuestionRewriter? Find(object? serviceKey, IServiceProvider? services) =>
        (serviceKey is null ? null : (services as IKeyedServiceProvider)?.GetKeyedService(typeof(IQuestionRewriter), serviceKey) as IQuestionRewriter)
        ?? services?.GetService<IQuestionRewriter>();
}
