namespace RagCaching.Pipeline.Caching;

/// <summary>Tells where what was retrieved for a question is kept.</summary>
/// <param name="scopes">The names of the scopes.</param>
/// <param name="retrievers">The retrievers.</param>
/// <param name="version">A name for what else shapes what is retrieved.</param>
internal sealed class RankingPlaces(ScopeNames scopes, IReadOnlyList<IRetriever> retrievers, string version)
{
    private readonly string _retrieval = TextDigest.Of([version, .. retrievers.Select(retriever => retriever.Name)]);

    /// <summary>Gets the place of a question.</summary>
    /// <returns><see langword="null"/> where it is unknown who asks, and nothing is shared.</returns>
    public RankingPlace? Of(RetrievalRequest request) =>
        PartitionOf(request.Scope, request.Limit) is { } partition ? new RankingPlace(partition, TextDigest.Of(request.Question)) : null;

    public string? PartitionOf(CacheScope? scope, int limit) => scopes.Of(scope) is { } name ? $"{name}/{limit}/{_retrieval}" : null;
}
