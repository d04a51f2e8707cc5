using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Asks the request's moderator about a stored answer before it counts as a hit.</summary>
internal sealed class HitReview(EntryValidator validator, FaultReporting reporting)
{
    // The exception itself is not logged: a service may quote the answer in its message.
    private readonly FaultBarrier _moderator = new(TelemetryNames.Operations.Review, reporting, static (logger, errorType, _) => Log.HitNotReviewed(logger, errorType));

    /// <summary>Reviews what a lookup found.</summary>
    /// <returns>The same where the answer may be served or there is none; otherwise a miss.</returns>
    public ValueTask<LookupResult> ReviewAsync(CacheRequest request, LookupResult found, CancellationToken cancellationToken) =>
        request.Moderator is not null && found is { Answer: { } answer, Entry: { } entry }
            ? ReviewAsync(request, found, answer, entry, cancellationToken)
            : ValueTask.FromResult(found);

    private async ValueTask<LookupResult> ReviewAsync(CacheRequest request, LookupResult found, StoredAnswer answer, EntryId entry, CancellationToken cancellationToken)
    {
        // The moderator belongs to the host and may need its caller's context.
        var isAllowed = await _moderator.RunAsync<(CacheRequest Request, StoredAnswer Answer), bool?>(
            static async (call, token) => await call.Request.Moderator!(AnswerPlayer.ToResponse(call.Answer), token).ConfigureAwait(true),
            (request, answer),
            fallback: null,
            cancellationToken).ConfigureAwait(true);
        if (isAllowed == false)
        {
            await validator.DropAsync(entry.Partition, entry.QuestionKey, cancellationToken).ConfigureAwait(true);
        }

        return isAllowed == true ? found : LookupResult.Miss(SemanticCacheReason.Moderator);
    }
}
