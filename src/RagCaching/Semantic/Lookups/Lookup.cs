using RagCaching.Internal.Faults;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Lookups;

/// <summary>Finds the stored answer that may serve a question: the same question, then an alias, then the nearest by meaning.</summary>
internal sealed class Lookup(HitLoader hits, QuestionEmbedder embedder, IMatchPolicy policy, AliasTable aliases, Func<bool> isShadow, Func<bool> isModelDown, TimeProvider time)
{
    /// <summary>Looks a question up.</summary>
    /// <param name="request">The question.</param>
    /// <param name="progress">Is told what is being waited for, for a caller whose patience ends in between.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    public async ValueTask<LookupResult> FindAsync(CacheRequest request, Progress progress, CancellationToken cancellationToken)
    {
        var exact = await FindExactAsync(request, cancellationToken).ConfigureAwait(false);
        progress.Trace?.Say("exact", exact.Answer is not null ? "The same question is stored." : exact.Reason == SemanticCacheReason.NoCandidates ? "The same question is not stored, or its answer has expired." : $"The same question is stored, and is not served: {exact.Reason}.");
        if (exact.Answer is not null || request.ExactOnly || (exact.Fallback is not null && isModelDown()))
        {
            // Who is about to be served without the model does not wait for what embeds, which often is at the same provider.
            return exact;
        }

        var alias = isShadow() ? null : await FindAliasAsync(request, cancellationToken).ConfigureAwait(false);
        if (alias?.Answer is not null)
        {
            progress.Trace?.Say("alias", $"These words were served before, and are served by '{alias.MatchedQuestion}' again without embedding and search.");
            return alias;
        }

        var started = time.GetTimestamp();
        progress.WaitFor(embedder.Barrier);
        var vector = await embedder.TryEmbedAsync(request, cancellationToken).ConfigureAwait(false);
        progress.WaitForStore();
        var embedding = time.GetElapsedTime(started);
        progress.Trace?.Say("embedding", vector.IsEmpty ? "The question cannot be embedded, so nothing is matched by meaning." : $"The question is a vector of {vector.Length} dimensions.");
        var nearest = vector.IsEmpty
            ? LookupResult.Miss(SemanticCacheReason.Unavailable)
            : await policy.FindAsync(request, vector, exact.Reason, progress, cancellationToken).ConfigureAwait(false);
        var found = (nearest with { EmbeddingDuration = embedding }).WithFallback(exact.Fallback ?? alias?.Fallback);
        if (found.Fallback is not null)
        {
            progress.Trace?.Say("fail-safe", "A stored answer is not fresh any more, and is served if the model fails or is slow.");
        }

        return found;
    }

    /// <summary>Looks for the answer to exactly this question.</summary>
    /// <returns>A hit or a miss.</returns>
    public ValueTask<LookupResult> FindExactAsync(CacheRequest request, CancellationToken cancellationToken) => hits.LoadExactAsync(request, cancellationToken);

    /// <summary>Loads what a request falls back on.</summary>
    /// <returns>A hit, which may be stale, or a miss.</returns>
    public ValueTask<LookupResult> LoadAsync(CacheRequest request, Fallback fallback, CancellationToken cancellationToken) => hits.LoadAsync(request, fallback, cancellationToken);

    /// <summary>Looks for the nearest question whose answer may serve this one.</summary>
    public ValueTask<LookupResult> FindNearestAsync(CacheRequest request, ReadOnlyMemory<float> vector, Progress progress, CancellationToken cancellationToken) =>
        policy.FindAsync(request, vector, SemanticCacheReason.NoCandidates, progress, cancellationToken);

    private async ValueTask<LookupResult?> FindAliasAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        if (!aliases.TryGet(request.Partition, request.ReportKey, out var alias) || alias.Similarity < request.Threshold)
        {
            return null;
        }

        var hit = await hits.LoadAsync(request, alias.Target, alias.Similarity, cancellationToken).ConfigureAwait(false);
        if (hit.Answer is not null || hit.Fallback is not null || hit.Reason == SemanticCacheReason.TooOld)
        {
            // What is too old for this caller is not for others.
            return hit;
        }

        aliases.Remove(request.Partition, request.ReportKey);
        return null;
    }

    /// <summary>Tells, while a lookup is under way, what it is waiting for: if its time runs out, that is what took too long.</summary>
    /// <param name="store">What a lookup waits for unless it says otherwise.</param>
    internal class Progress(FaultBarrier store)
    {
        private volatile FaultBarrier? _other;

        /// <summary>Gets what takes the lookup down, which then has no effects; <see langword="null"/> for a real one.</summary>
        public virtual LookupTrace? Trace => null;

        /// <summary>Gets what is being waited for.</summary>
        public FaultBarrier WaitsFor => _other ?? store;

        /// <summary>Takes note that something other than the store is being waited for.</summary>
        public void WaitFor(FaultBarrier operation) => _other = operation;

        /// <summary>Takes note that the store is being waited for again.</summary>
        public void WaitForStore() => _other = null;
    }
}
