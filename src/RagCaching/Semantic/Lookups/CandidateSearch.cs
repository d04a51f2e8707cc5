using System.Numerics.Tensors;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Requests;
using RagCaching.VectorStores;

namespace RagCaching.Semantic.Lookups;

/// <summary>Searches the store and believes only what it can check.</summary>
/// <remarks>
/// The scores of search engines cannot be compared: some count distances, some are rounded, some are wrong. So a store that is not this library's own proposes
/// entries with their vectors, and the similarity is computed here.
/// </remarks>
internal sealed class CandidateSearch(IVectorStore store, EntryValidator validator, FaultReporting reporting)
{
    // Stale answers take places of fresh ones in what a search returns.
    private const int RoomForStale = 8;

    private readonly bool _isExact = store is ILocalIndex;
    private readonly bool _hasPayloads = store is ILocalIndex { HandsOutPayloads: true };
    private readonly DimensionChange _dimensions = new(store, reporting);

    /// <summary>Gets a value indicating whether stale answers may be served at all.</summary>
    public bool FindsStale => validator.ServesStale;

    /// <summary>Finds the stored questions nearest to one.</summary>
    /// <param name="request">The question.</param>
    /// <param name="vector">Its vector.</param>
    /// <param name="minimumSimilarity">The least similarity.</param>
    /// <param name="limit">The most fresh answers.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <param name="withStale">Whether those that may only be served for want of a fresh one are found as well.</param>
    /// <returns>Nearest first.</returns>
    public async ValueTask<IReadOnlyList<Match>> FindAsync(
        CacheRequest request, ReadOnlyMemory<float> vector, float minimumSimilarity, int limit, CancellationToken cancellationToken, bool withStale = false)
    {
        var use = withStale && validator.ServesStale ? EntryUse.Fallback : EntryUse.Fresh;
        var query = new VectorQuery
        {
            Partition = request.Partition,
            Vector = vector,
            Limit = validator.ServesStale ? limit + RoomForStale : limit,
            MinimumSimilarity = Math.Max(-1, minimumSimilarity),
            IncludeVector = !_isExact,

            // In this process the answer of a candidate costs nothing to hand out; elsewhere it would travel for each that is not served.
            IncludePayload = _hasPayloads,
        };
        var proposed = await SearchAsync(query, cancellationToken).ConfigureAwait(false);
        var found = new List<Match>(limit);
        var fresh = 0;
        foreach (var match in _isExact ? proposed : Recompute(proposed, query))
        {
            if (fresh < limit && await validator.ReadStateAsync(match.Entry, request.ScopeLabel, cancellationToken, use).ConfigureAwait(false) is { } state)
            {
                var isStale = use == EntryUse.Fallback && validator.IsStale(match.Entry);
                found.Add(new Match(new EntryId(match.Entry.Partition, match.Entry.Id, state.Nonce), state, match.Similarity, match.Entry, HasPayload: _hasPayloads) { IsStale = isStale });
                fresh += isStale ? 0 : 1;
            }
        }

        return found;
    }

    private async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SearchAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception) when (exception.GetType() == typeof(ArgumentException))
        {
            // The query is well-formed, so its number of dimensions is not that of the partition.
            if (await _dimensions.TryMakeRoomAsync(query.Partition, query.Vector.Length, cancellationToken).ConfigureAwait(false))
            {
                return [];
            }

            throw;
        }
    }

    private List<VectorMatch> Recompute(IReadOnlyList<VectorMatch> proposed, VectorQuery query)
    {
        var matches = new List<VectorMatch>(proposed.Count);
        foreach (var (entry, _) in proposed)
        {
            var similarity = entry.Vector.Length == query.Vector.Length ? TensorPrimitives.CosineSimilarity(query.Vector.Span, entry.Vector.Span) : float.NaN;
            if (float.IsNaN(similarity))
            {
                reporting.Counter.Failed(TelemetryNames.Operations.Parse, "invalid_vector");
            }
            else if (Math.Clamp(similarity, -1, 1) is var cosine && cosine >= query.MinimumSimilarity)
            {
                matches.Add(new VectorMatch(entry, cosine));
            }
        }

        // Stable, as the contract of a store asks of its own order.
        return [.. matches.OrderByDescending(match => match.Similarity)];
    }

    /// <summary>A stored question that a search found, and that may be used by the scope that searched.</summary>
    /// <param name="Id">The stored answer.</param>
    /// <param name="State">What is known about it.</param>
    /// <param name="Similarity">The similarity of the two questions.</param>
    /// <param name="Entry">The entry as the store returned it; with its payload only where <see cref="HasPayload"/> says so.</param>
    /// <param name="HasPayload">Whether the answer came with the search, so that the store need not be asked for it again.</param>
    internal sealed record Match(EntryId Id, EntryState State, float Similarity, VectorEntry Entry, bool HasPayload)
    {
        /// <summary>Gets a value indicating whether a person wrote or approved the answer.</summary>
        public bool IsCurated => Entry.IsPermanent;

        /// <summary>Gets a value indicating whether the answer is not fresh any more.</summary>
        public bool IsStale { get; init; }

        /// <summary>Gets when the answer was stored.</summary>
        public DateTimeOffset CreatedAt => Entry.CreatedAt;

        /// <summary>Makes what callers are told about the match.</summary>
        /// <param name="minimumSimilarity">The floor.</param>
        /// <param name="reason">What speaks against serving it.</param>
        /// <param name="refusal">What the guards say.</param>
        /// <param name="probability">What the error budget says; <see langword="null"/> for nothing.</param>
        public SemanticCacheCandidate ToCandidate(float minimumSimilarity, SemanticCacheReason reason, GuardRefusal refusal = default, double? probability = null) => new()
        {
            EntryId = Id.ToString(),
            Question = State.Question,
            Similarity = Similarity,
            MinimumSimilarity = minimumSimilarity,
            Reason = reason,
            Guard = refusal.Guard,
            GuardRule = refusal.Rule,
            Probability = probability,
            CreatedAt = CreatedAt,
            ExpiresAt = Entry.ExpiresAt,
            Labels = Entry.Labels,
        };
    }
}
