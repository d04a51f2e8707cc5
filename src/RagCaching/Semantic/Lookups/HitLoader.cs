using RagCaching.Internal.Limits;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Loads stored answers for serving and comparing, and checks that they are still what was found.</summary>
internal sealed class HitLoader(IVectorStore store, EntryValidator validator, SourceCheck sources, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Loads the answer to exactly the question being asked.</summary>
    /// <returns>A hit or a miss.</returns>
    public async ValueTask<LookupResult> LoadExactAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        var entry = await store.GetContentAsync(request.Partition, request.QuestionKey, cancellationToken).ConfigureAwait(false);
        if (entry is null
            || await validator.ReadStateAsync(entry, request.ScopeLabel, cancellationToken, EntryUse.Fallback).ConfigureAwait(false) is not { } state

            // The key is a digest; the text settles it.
            || state.Question != request.Question)
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        if (validator.IsStale(entry))
        {
            return Expired(request, entry, state, SemanticCacheOutcome.ExactHit, similarity: 1);
        }

        var hit = await ServeAsync(SemanticCacheOutcome.ExactHit, request, entry, state, similarity: 1, cancellationToken).ConfigureAwait(false);
        return hit.Answer is not null && validator.IsDue(entry) ? hit.WithFallback(FallbackTo(entry, state, SemanticCacheOutcome.ExactHit, similarity: 1)) : hit;
    }

    /// <summary>Loads what a request falls back on, and checks all of it again.</summary>
    /// <returns>A hit, which may be stale, or a miss.</returns>
    public async ValueTask<LookupResult> LoadAsync(CacheRequest request, Fallback fallback, CancellationToken cancellationToken)
    {
        var id = fallback.Entry;
        var entry = await store.GetContentAsync(id.Partition, id.QuestionKey, cancellationToken).ConfigureAwait(false);
        if (await ReadAsync(entry, id, request.ScopeLabel, cancellationToken, EntryUse.Fallback).ConfigureAwait(false) is not { } state
            || (fallback.Outcome != SemanticCacheOutcome.ExactHit && state.Rejected.Contains(request.ReportKey)))
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        var hit = await ServeAsync(fallback.Outcome, request, entry!, state, fallback.Similarity, cancellationToken).ConfigureAwait(false);
        return hit.Answer is not null && validator.IsStale(entry!) ? hit.AsStale(SemanticCacheReason.Expired) : hit;
    }

    /// <summary>Loads the answer to another question, which a search found and which was decided to be good enough.</summary>
    /// <returns>A hit or a miss.</returns>
    public ValueTask<LookupResult> LoadAsync(CacheRequest request, CandidateSearch.Match match, CancellationToken cancellationToken) => match.HasPayload
        ? ServeAsync(SemanticCacheOutcome.SemanticHit, request, match.Entry, match.State, match.Similarity, cancellationToken)
        : LoadAsync(request, match.Id, match.Similarity, cancellationToken);

    /// <summary>Loads the answer to another question, which was decided to be good enough.</summary>
    /// <returns>A hit or a miss.</returns>
    public async ValueTask<LookupResult> LoadAsync(CacheRequest request, EntryId id, float similarity, CancellationToken cancellationToken)
    {
        // What is read now may have been replaced since it was found, which the nonce shows.
        var entry = await store.GetContentAsync(id.Partition, id.QuestionKey, cancellationToken).ConfigureAwait(false);
        if (await ReadAsync(entry, id, request.ScopeLabel, cancellationToken, EntryUse.Fallback).ConfigureAwait(false) is not { } state)
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        return state.Rejected.Contains(request.ReportKey) ? LookupResult.Miss(SemanticCacheReason.ReportedWrong)
            : validator.IsStale(entry!) ? Expired(request, entry!, state, SemanticCacheOutcome.SemanticHit, similarity)
            : await ServeAsync(SemanticCacheOutcome.SemanticHit, request, entry!, state, similarity, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads an answer in order to compare it with another one, under a separate time limit.</summary>
    /// <returns><see langword="null"/> when it is not there any more.</returns>
    public ValueTask<(VectorEntry Entry, StoredAnswer Answer)?> LoadForComparisonAsync(EntryId id, string scopeLabel, CancellationToken cancellationToken) =>
        TimeLimit.RunAsync(LoadForComparisonAsync, (id, scopeLabel), timeout, time, cancellationToken);

    // With its vector, which learning compares too.
    private async ValueTask<(VectorEntry Entry, StoredAnswer Answer)?> LoadForComparisonAsync((EntryId Id, string ScopeLabel) what, CancellationToken cancellationToken)
    {
        var entry = await store.GetAsync(what.Id.Partition, what.Id.QuestionKey, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(entry, what.Id, what.ScopeLabel, cancellationToken).ConfigureAwait(false) is { } state
            && await validator.ReadAnswerAsync(entry!, state, cancellationToken).ConfigureAwait(false) is { } answer
                ? (entry!, answer)
                : null;
    }

    private static LookupResult Expired(CacheRequest request, VectorEntry entry, EntryState state, SemanticCacheOutcome outcome, float similarity) =>
        LookupResult.Miss(SemanticCacheReason.Expired).WithFallback(request.MayExplore ? FallbackTo(entry, state, outcome, similarity) : null);

    private static Fallback FallbackTo(VectorEntry entry, EntryState state, SemanticCacheOutcome outcome, float similarity) =>
        new(new EntryId(entry.Partition, entry.Id, state.Nonce), outcome, similarity);

    private async ValueTask<EntryState?> ReadAsync(VectorEntry? entry, EntryId id, string scopeLabel, CancellationToken cancellationToken, EntryUse use = EntryUse.Fresh) =>
        entry is not null && await validator.ReadStateAsync(entry, scopeLabel, cancellationToken, use).ConfigureAwait(false) is { } state && state.Nonce == id.Nonce ? state : null;

    private async ValueTask<LookupResult> ServeAsync(
        SemanticCacheOutcome outcome, CacheRequest request, VectorEntry entry, EntryState state, float similarity, CancellationToken cancellationToken)
    {
        var age = validator.AgeOf(entry);
        if (age > request.MaxAge)
        {
            return LookupResult.Miss(SemanticCacheReason.TooOld);
        }

        if (await validator.ReadAnswerAsync(entry, state, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        var doubt = request.CurrentSourceVersion is { } currentVersion
            ? await sources.CheckAsync(answer, currentVersion, cancellationToken).ConfigureAwait(false)
            : SemanticCacheReason.None;
        if (doubt == SemanticCacheReason.SourceChanged)
        {
            await validator.DropAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);
        }

        return doubt == SemanticCacheReason.None
            ? LookupResult.Hit(outcome, new EntryId(entry.Partition, entry.Id, state.Nonce), state, answer, age, similarity)
            : LookupResult.Miss(doubt);
    }
}
