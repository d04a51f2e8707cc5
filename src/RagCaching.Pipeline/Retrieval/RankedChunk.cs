namespace RagCaching.Pipeline.Retrieval;

/// <summary>A chunk with its place among those of all retrievers.</summary>
/// <param name="Chunk">The chunk, as the retriever that ranked it highest returned it.</param>
/// <param name="FusedScore">Its score by reciprocal rank fusion.</param>
/// <param name="RelativeScore">Its score as a share of the best one of the same retriever, in [0, 1]; the largest over all retrievers that found it. After reranking, the same of the reranker's scores.</param>
/// <param name="Retriever">Which list the chunk was taken from, counted from 0 in the order of the retrievers.</param>
internal sealed record RankedChunk(RetrievedChunk Chunk, double FusedScore, double RelativeScore, int Retriever);
