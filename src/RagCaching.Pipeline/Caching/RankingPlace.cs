namespace RagCaching.Pipeline.Caching;

/// <summary>Where what was retrieved for a question is kept.</summary>
/// <param name="Partition">Scope, retrievers and number of chunks: what must be equal.</param>
/// <param name="Id">The question, as a digest.</param>
internal readonly record struct RankingPlace(string Partition, string Id);
