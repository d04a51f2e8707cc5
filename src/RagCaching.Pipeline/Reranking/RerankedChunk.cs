namespace RagCaching;

/// <summary>A chunk as an <see cref="IReranker"/> scored it.</summary>
/// <param name="Chunk">The chunk that the reranker was given.</param>
/// <param name="Score">
/// How well it fits the question. Finite, higher is better, 0 or less is worthless: a probability, not a logit. Chunks are ordered by it, equal ones as they are returned, and
/// <see cref="ChunkSelectionOptions.MinimumRelativeScore"/> is a share of the best.
/// </param>
public readonly record struct RerankedChunk(RetrievedChunk Chunk, double Score);
