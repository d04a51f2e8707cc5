using System.Globalization;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Lookups;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Explaining;

/// <summary>Tells what a cache would do with one query, by doing it with parts that leave no trace.</summary>
/// <param name="requests">Checks queries, and counts nothing.</param>
/// <param name="lookup">Looks up, and changes nothing.</param>
/// <param name="isStoreLeftAlone">Tells whether real lookups leave the store alone, because it has failed.</param>
/// <param name="review">The real moderators, which are not asked.</param>
/// <param name="foresee">Tells which answer that is being generated would be joined.</param>
/// <param name="store">The store, which is not changed.</param>
/// <param name="reads">Keeps failures of the store from those who ask.</param>
internal sealed class Explainer(
    RequestFactory requests, GuardedLookup lookup, Func<bool> isStoreLeftAlone, HitReview review, Func<CacheRequest, LookupResult, (string Question, float? Similarity)?> foresee, IVectorStore store, FaultBarrier reads)
{
    public ValueTask<SemanticCacheExplanation> ExplainAsync(SemanticCacheQuery query, CancellationToken cancellationToken)
    {
        var asked = requests.Create(query, mayExplore: true);
        return asked.IsBypassed ? ValueTask.FromResult(OfBypass(query.Mode, asked.BypassReason)) : ExplainAsync(asked.Request, cancellationToken);
    }

    private static SemanticCacheExplanation OfBypass(SemanticCacheMode mode, SemanticCacheReason reason) => new()
    {
        Outcome = SemanticCacheOutcome.Bypass,
        Reason = reason,
        Mode = mode,
        Steps = [new("request", $"The query passes by the cache: {reason}. Its answer is generated and not stored.")],
    };

    private async ValueTask<SemanticCacheExplanation> ExplainAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        var trace = new LookupTrace();
        trace.Say("request", string.Create(CultureInfo.InvariantCulture, $"The mode is {request.Mode}{(request.ExactOnly ? ", and only the same question is served" : $"; by meaning, nothing below a similarity of {request.MinimumSimilarity} is served")}."));
        trace.Say("scope", $"The scope has the digest {request.ScopeLabel}, its partition {request.Partition}.");
        var found = await FindAsync(request, trace, cancellationToken).ConfigureAwait(false);
        var entry = found.Entry is { } id ? await reads.RunAsync(ReadAsync, id, fallback: null, cancellationToken).ConfigureAwait(false) : null;
        var asksModerators = found.Answer is not null && review.HasModerator(request);
        if (asksModerators)
        {
            trace.Say("moderators", "A moderator would be asked about the stored answer; it is taken to agree.");
        }

        var joined = found.Answer is null && request.Mode == SemanticCacheMode.ReadWrite ? foresee(request, found) : null;
        if (found.Answer is null)
        {
            SayWhatIsGenerated(request, joined, trace);
        }

        var (outcome, reason) = joined is null ? (found.Outcome, found.Reason) : (SemanticCacheOutcome.Joined, SemanticCacheReason.None);
        trace.Say("outcome", reason == SemanticCacheReason.None ? $"{outcome}{(entry is null ? "" : $", until {entry.ExpiresAt:u}")}." : $"{outcome}: {reason}.");
        return new SemanticCacheExplanation
        {
            Outcome = outcome,
            Reason = reason,
            Similarity = joined is null ? found.Similarity : joined.Value.Similarity,
            EntryId = found.Entry?.ToString(),
            MatchedQuestion = joined is { Similarity: not null } ? joined.Value.Question : found.MatchedQuestion,
            ExpiresAt = entry?.ExpiresAt,
            SourceVersions = found.Answer?.Sources ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, string?>.Empty,
            Mode = request.Mode,
            ScopeDigest = request.ScopeLabel,
            PartitionDigest = request.Partition,
            MinimumSimilarity = request.MinimumSimilarity,
            AsksVerifiers = trace.AsksVerifiers,
            AsksModerators = asksModerators,
            AuditRate = found.Answer is null ? null : trace.AuditRate,
            Candidates = trace.Candidates(),
            Steps = trace.Steps(),
        };
    }

    private ValueTask<VectorEntry?> ReadAsync(EntryId id, CancellationToken cancellationToken) => store.GetContentAsync(id.Partition, id.QuestionKey, cancellationToken);

    private async ValueTask<LookupResult> FindAsync(CacheRequest request, LookupTrace trace, CancellationToken cancellationToken)
    {
        if (request.Mode == SemanticCacheMode.Refresh)
        {
            return LookupResult.Miss(SemanticCacheReason.Refresh);
        }

        if (isStoreLeftAlone())
        {
            trace.Say("store", "The store has failed just before and is left alone for a while.");
            return LookupResult.Miss(SemanticCacheReason.Unavailable);
        }

        return await lookup.FindAsync(request, trace, cancellationToken).ConfigureAwait(false);
    }

    private static void SayWhatIsGenerated(CacheRequest request, (string Question, float? Similarity)? joined, LookupTrace trace)
    {
        if (joined is { } flight)
        {
            trace.Say("flight", flight.Similarity is { } similarity
                ? string.Create(CultureInfo.InvariantCulture, $"'{flight.Question}' is being answered for another caller; at a similarity of {similarity} this query waits for that answer.")
                : "The same question is being answered for another caller; this query waits for that answer.");
        }
        else
        {
            trace.Say("storing", request.Mode == SemanticCacheMode.ReadOnly
                ? "A new answer is generated and not stored, because the query only reads."
                : $"A new answer is generated, and stored for {request.TimeToLive} unless its factory says otherwise.");
        }
    }
}
