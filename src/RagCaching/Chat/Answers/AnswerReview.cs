using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

namespace RagCaching.Chat.Answers;

/// <summary>Asks the host's hooks whether a new answer may be kept.</summary>
internal sealed class AnswerReview(SemanticCachingChatClientOptions options, FaultReporting reporting)
{
    private readonly FaultBarrier _hooks = new(TelemetryNames.Operations.Review, reporting, static (logger, errorType, _) => Log.AnswerNotReviewed(logger, errorType));

    private bool ReviewsNewAnswers => options.ShouldStore is not null || options.Moderator is not null;

    /// <summary>Lets an answer pass, and keeps it out of the cache if a hook says so.</summary>
    public async Task<ChatResponse> ReviewAsync(Task<ChatResponse> generation, SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        var response = await generation.ConfigureAwait(true);
        if (ReviewsNewAnswers && context.Store && response is not null)
        {
            context.Store &= await MayStoreAsync(response, cancellationToken).ConfigureAwait(true);
        }

        return response!;
    }

    /// <summary>Lets a stream pass as it comes, and keeps the answer out of the cache if a hook says so at its end.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> Review(
        IAsyncEnumerable<ChatResponseUpdate> updates, SemanticCacheEntryContext context, CancellationToken cancellationToken) =>
        ReviewsNewAnswers && context.Store ? ReviewAtEndAsync(updates, context, cancellationToken) : updates;

    private async IAsyncEnumerable<ChatResponseUpdate> ReviewAtEndAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates, SemanticCacheEntryContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new List<ChatResponseUpdate>();
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(true))
        {
            if (update is not null)
            {
                // A copy, since who gets the update may change it before the end.
                seen.Add(update.Clone());
            }

            yield return update!;
        }

        context.Store &= await MayStoreAsync(seen.ToChatResponse(), cancellationToken).ConfigureAwait(true);
    }

    // Any doubt is a no, and so is an exception, which is not logged itself: a service may quote the answer in its message.
    private async ValueTask<bool> MayStoreAsync(ChatResponse response, CancellationToken cancellationToken) =>
        _hooks.Run(static call => call.Options.ShouldStore?.Invoke(call.Response) != false, (Options: options, Response: response), fallback: false)
        && await _hooks.RunAsync(AskModeratorAsync, response, fallback: false, cancellationToken).ConfigureAwait(true);

    private async ValueTask<bool> AskModeratorAsync(ChatResponse response, CancellationToken cancellationToken) =>
        options.Moderator is null || await options.Moderator(response, cancellationToken).ConfigureAwait(true);
}
