using RagCaching.Diagnostics;
using RagCaching.Semantic.Decisions;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic;

/// <summary>Finds the stored answer that may serve a question: the same question, then an alias, then the nearest by meaning.</summary>
internal sealed class EntryFinder(
    IVectorStore store, EntryReader reader, QuestionEmbedder embedder, MatchDecider decider, AliasTable aliases, SourceCheck sources, TimeProvider time, CacheTelemetry telemetry)
{
    private const int Candidates = 5;

    // How far below the floor to look for what almost matched: it tells the owner whether the floor is right.
    private const float NearMissMargin = 0.05f;

    /// <summary>Looks a question up.</summary>
    /// <param name="request">The question.</param>
    /// <param name="progress">Is told when the embedding begins and ends, for a caller whose patience ends in between.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    public async ValueTask<LookupResult> FindAsync(CacheRequest request, LookupProgress progress, CancellationToken cancellationToken)
    {
        var exact = await FindExactAsync(request, cancellationToken).ConfigureAwait(false);
        if (exact.Answer is not null || request.ExactOnly)
        {
            return exact;
        }

        if (await FindAliasAsync(request, cancellationToken).ConfigureAwait(false) is { } alias)
        {
            return alias;
        }

        var started = time.GetTimestamp();
        progress.IsEmbedding = true;
        var vector = await embedder.TryEmbedAsync(request.Question, cancellationToken).ConfigureAwait(false);
        progress.IsEmbedding = false;
        var embedding = time.GetElapsedTime(started);
        var nearest = vector.IsEmpty
            ? LookupResult.Miss(SemanticCacheReason.Unavailable)
            : await FindNearestAsync(request, vector, exact.Reason, cancellationToken).ConfigureAwait(false);
        nearest.EmbeddingDuration = embedding;
        return nearest;
    }

    /// <summary>Looks for the answer to exactly this question.</summary>
    /// <returns>A hit or a miss.</returns>
    public async ValueTask<LookupResult> FindExactAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        var entry = await store.GetAsync(request.Partition, request.QuestionKey, cancellationToken).ConfigureAwait(false);
        if (entry is null || await reader.ReadStateAsync(entry, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        // The key is a digest; the text settles it.
        return state.Question == request.Question
            ? await ServeAsync(SemanticCacheOutcome.ExactHit, request, entry, state, similarity: 1, cancellationToken).ConfigureAwait(false)
            : LookupResult.Miss(SemanticCacheReason.NoCandidates);
    }

    private async ValueTask<LookupResult?> FindAliasAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        if (!aliases.TryGet(request.Partition, request.QuestionKey, out var alias) || alias.Similarity < request.MinimumSimilarity)
        {
            return null;
        }

        var entry = await store.GetAsync(alias.Target.Partition, alias.Target.QuestionKey, cancellationToken).ConfigureAwait(false);
        if (entry is not null
            && await reader.ReadStateAsync(entry, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is { } state
            && state.Nonce == alias.Target.Nonce
            && !state.Rejected.Contains(request.QuestionKey)
            && await ServeAsync(SemanticCacheOutcome.SemanticHit, request, entry, state, alias.Similarity, cancellationToken).ConfigureAwait(false) is { Answer: not null } hit)
        {
            return hit;
        }

        aliases.Remove(request.Partition, request.QuestionKey);
        return null;
    }

    /// <summary>Looks for the nearest question whose answer may serve this one.</summary>
    public async ValueTask<LookupResult> FindNearestAsync(
        CacheRequest request, ReadOnlyMemory<float> vector, SemanticCacheReason refusal, CancellationToken cancellationToken)
    {
        var query = new VectorQuery
        {
            Partition = request.Partition,
            Vector = vector,
            Limit = Candidates,
            MinimumSimilarity = Math.Max(-1, request.MinimumSimilarity - NearMissMargin),
        };
        float? nearest = null;
        foreach (var match in await store.SearchAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (await reader.ReadStateAsync(match.Entry, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not { } state)
            {
                continue;
            }

            nearest ??= match.Similarity;
            var verdict = decider.Decide(
                request.Question, state.Question, match.Similarity, request.MinimumSimilarity, state.Rejected.Contains(request.QuestionKey));
            var reason = verdict.Reason;
            if (verdict.MayServe)
            {
                var served = await ServeMatchAsync(request, match, state, cancellationToken).ConfigureAwait(false);
                if (served.Answer is not null)
                {
                    telemetry.Compared(match.Similarity, TelemetryNames.Results.Hit);
                    return served;
                }

                reason = served.Reason;
            }

            // The reason that counts is the one against the nearest candidate.
            refusal = refusal == SemanticCacheReason.NoCandidates ? reason : refusal;
        }

        if (nearest is { } similarity)
        {
            telemetry.Compared(similarity, TelemetryNames.Results.Miss);
        }

        return LookupResult.Miss(refusal, nearest, vector);
    }

    private async ValueTask<LookupResult> ServeMatchAsync(CacheRequest request, VectorMatch match, EntryState state, CancellationToken cancellationToken)
    {
        // Searches leave payloads out; what is read now may have been replaced since, which the nonce shows.
        var entry = await store.GetAsync(request.Partition, match.Entry.Id, cancellationToken).ConfigureAwait(false);
        if (entry is null
            || await reader.ReadStateAsync(entry, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is not { } current
            || current.Nonce != state.Nonce)
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        var served = await ServeAsync(SemanticCacheOutcome.SemanticHit, request, entry, current, match.Similarity, cancellationToken).ConfigureAwait(false);
        if (served.Answer is not null)
        {
            aliases.Set(request.Partition, request.QuestionKey, new AliasTable.Alias(new EntryId(entry.Partition, entry.Id, state.Nonce), match.Similarity));
        }

        return served;
    }

    private async ValueTask<LookupResult> ServeAsync(
        SemanticCacheOutcome outcome, CacheRequest request, VectorEntry entry, EntryState state, float similarity, CancellationToken cancellationToken)
    {
        if (await reader.ReadAnswerAsync(entry, state, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return LookupResult.Miss(SemanticCacheReason.NoCandidates);
        }

        var doubt = await sources.CheckAsync(answer, request.CurrentSourceVersion, cancellationToken).ConfigureAwait(false);
        if (doubt == SemanticCacheReason.SourceChanged)
        {
            await reader.DropAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        return doubt == SemanticCacheReason.None
            ? LookupResult.Hit(outcome, new EntryId(entry.Partition, entry.Id, state.Nonce), state, answer, reader.AgeOf(entry), similarity)
            : LookupResult.Miss(doubt);
    }
}
