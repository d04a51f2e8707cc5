using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Searching;

/// <summary>Searches the store and believes only what it can check.</summary>
internal sealed class MatchFinder(IVectorStore store, EntryReader reader)
{
    /// <summary>Finds the stored questions nearest to one.</summary>
    /// <returns>Nearest first.</returns>
    public async ValueTask<IReadOnlyList<FoundMatch>> FindAsync(
        CacheRequest request, ReadOnlyMemory<float> vector, float minimumSimilarity, int limit, CancellationToken cancellationToken)
    {
        var query = new VectorQuery { Partition = request.Partition, Vector = vector, Limit = limit, MinimumSimilarity = Math.Max(-1, minimumSimilarity) };
        var found = new List<FoundMatch>(limit);
        foreach (var match in await store.SearchAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (await reader.ReadStateAsync(match.Entry, request.ScopeLabel, cancellationToken).ConfigureAwait(false) is { } state)
            {
                found.Add(new FoundMatch(new EntryId(match.Entry.Partition, match.Entry.Id, state.Nonce), state, match.Similarity, match.Entry.CreatedAt));
            }
        }

        return found;
    }
}
