using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Asks the request's moderator, and those of the host, about a stored answer before it counts as a hit.</summary>
internal sealed class HitReview(EntryValidator validator, Lazy<IReadOnlyList<IAnswerModerator>> moderators, FaultReporting reporting)
{
    // The exception itself is not logged: a service may quote the answer in its message.
    private readonly FaultBarrier _moderator = new(TelemetryNames.Operations.Review, reporting, static (logger, errorType, _) => Log.HitNotReviewed(logger, errorType));

    /// <summary>Tells whether anybody is asked about hits of a request: also where it cannot be found out, since a moderator that cannot be made has not allowed anything.</summary>
    public bool HasModerator(CacheRequest request) => request.Moderator is not null || _moderator.Run(static moderators => moderators.Value.Count > 0, moderators, fallback: true);

    /// <summary>Reviews what a lookup found.</summary>
    /// <returns>The same where the answer may be served or there is none; otherwise a miss.</returns>
    public ValueTask<LookupResult> ReviewAsync(CacheRequest request, LookupResult found, CancellationToken cancellationToken) =>
        found is { Answer: { } answer, Entry: { } entry } && HasModerator(request)
            ? ReviewAsync(request, found, answer, entry, cancellationToken)
            : ValueTask.FromResult(found);

    private async ValueTask<LookupResult> ReviewAsync(CacheRequest request, LookupResult found, StoredAnswer answer, EntryId entry, CancellationToken cancellationToken)
    {
        // The moderator belongs to the host and may need its caller's context.
        var isAllowed = await _moderator.RunAsync<(CacheRequest Request, StoredAnswer Answer, Lazy<IReadOnlyList<IAnswerModerator>> Others), bool?>(
            static async (call, token) => await IsAllowedAsync(call.Request, call.Answer, call.Others.Value, token).ConfigureAwait(true),
            (request, answer, moderators),
            fallback: null,
            cancellationToken).ConfigureAwait(true);
        if (isAllowed == false)
        {
            await validator.DropAsync(entry.Partition, entry.QuestionKey, cancellationToken).ConfigureAwait(true);
        }

        return isAllowed == true ? found : LookupResult.Miss(SemanticCacheReason.Moderator);
    }

    private static async ValueTask<bool> IsAllowedAsync(CacheRequest request, StoredAnswer answer, IReadOnlyList<IAnswerModerator> others, CancellationToken cancellationToken)
    {
        if (request.Moderator is { } own && !await own(AnswerPlayer.ToResponse(answer), cancellationToken).ConfigureAwait(true))
        {
            return false;
        }

        foreach (var moderator in others)
        {
            if (!await moderator.MayServeAsync(AnswerPlayer.ToResponse(answer), cancellationToken).ConfigureAwait(true))
            {
                return false;
            }
        }

        return true;
    }
}
