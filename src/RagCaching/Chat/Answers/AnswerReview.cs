using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;

namespace RagCaching.Chat.Answers;

/// <summary>Asks the host's hooks whether an answer may be kept, and whether a kept one may still be served. Any doubt is a no.</summary>
internal sealed class AnswerReview(SemanticCachingChatClientOptions options, ISemanticCache cache, CacheTelemetry telemetry, ILogger logger, TimeProvider time)
{
    private readonly RateLimit _logLimit = new(time, Log.LeastInterval);

    /// <summary>Gets a value indicating whether stored answers are reviewed before they are served.</summary>
    public bool ReviewsHits => options.Moderator is not null;

    private bool ReviewsNewAnswers => options.ShouldStore is not null || options.Moderator is not null;

    /// <summary>Lets an answer pass, and keeps it out of the cache if a hook says so.</summary>
    public async Task<ChatResponse> ReviewAsync(Task<ChatResponse> generation, SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        var response = await generation.ConfigureAwait(true);
        if (ReviewsNewAnswers && response is not null)
        {
            context.Store &= await MayStoreAsync(response, cancellationToken).ConfigureAwait(true);
        }

        return response!;
    }

    /// <summary>Lets a stream pass as it comes, and keeps the answer out of the cache if a hook says so at its end.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> Review(
        IAsyncEnumerable<ChatResponseUpdate> updates, SemanticCacheEntryContext context, CancellationToken cancellationToken) =>
        ReviewsNewAnswers ? ReviewAtEndAsync(updates, context, cancellationToken) : updates;

    /// <summary>Decides whether a stored answer may still be served, and removes it if it must not be.</summary>
    public async ValueTask<bool> MayServeAsync(ChatResponse response, string? entryId, CacheScope? scope, CancellationToken cancellationToken)
    {
        if (await AskModeratorAsync(response, cancellationToken).ConfigureAwait(true) is not { } allowed)
        {
            return false;
        }

        if (!allowed && entryId is not null)
        {
            await TryRemoveAsync(entryId, scope, cancellationToken).ConfigureAwait(true);
        }

        return allowed;
    }

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

    private async ValueTask<bool> MayStoreAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        try
        {
            if (options.ShouldStore?.Invoke(response) == false)
            {
                return false;
            }
        }
        catch (Exception exception)
        {
            Failed(exception);
            return false;
        }

        return await AskModeratorAsync(response, cancellationToken).ConfigureAwait(true) == true;
    }

    /// <summary>Asks the moderator; <see langword="null"/> where it failed.</summary>
    private async ValueTask<bool?> AskModeratorAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        try
        {
            return options.Moderator is null || await options.Moderator(response, cancellationToken).ConfigureAwait(true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            Failed(exception);
            return null;
        }
    }

    private async ValueTask TryRemoveAsync(string entryId, CacheScope? scope, CancellationToken cancellationToken)
    {
        try
        {
            await cache.RemoveAsync(entryId, scope, cancellationToken).ConfigureAwait(true);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // It stays, and is reviewed again.
            telemetry.Failed(TelemetryNames.Operations.Remove, exception.GetType().Name);
        }
    }

    // The exception itself is not logged: a service may quote the answer in its message.
    private void Failed(Exception exception)
    {
        telemetry.Failed(TelemetryNames.Operations.Review, exception.GetType().Name);
        if (_logLimit.TryPass())
        {
            Log.AnswerNotReviewed(logger, exception.GetType().Name);
        }
    }
}
