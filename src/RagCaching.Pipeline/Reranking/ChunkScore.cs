namespace RagCaching.Pipeline.Reranking;

/// <summary>The score of a chunk.</summary>
/// <param name="Place">Its place in the list that the reranker was given, from 0.</param>
/// <param name="Score">The score.</param>
internal readonly record struct ChunkScore(int Place, double Score);
