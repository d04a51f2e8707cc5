namespace RagCaching;

/// <summary>Orders retrieved chunks anew, usually with a model that reads question and chunk together.</summary>
/// <remarks>
/// Implementations are thread-safe. What is returned depends on the question and the chunks alone, since it is kept for the same question over the same chunks
/// (<see cref="RerankingOptions.CacheScores"/>). A reranker that throws, is late (<see cref="RerankingOptions.Timeout"/>) or returns something that cannot be used is counted, and the chunks
/// stay in the order of the retrieval.
/// </remarks>
public interface IReranker
{
    /// <summary>Gets the name of the reranker and its model.</summary>
    /// <value>Constant. A part of the fingerprint of every question: answers are not shared between rerankers of different names.</value>
    string Name { get; }

    /// <summary>Scores chunks.</summary>
    /// <param name="question">The question.</param>
    /// <param name="chunks">What was retrieved for it, best first; at least two.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the scores any more.</param>
    /// <returns>Chunks out of those given, each once, with their scores. Those left out are not used for the answer.</returns>
    ValueTask<IReadOnlyList<RerankedChunk>> RerankAsync(string question, IReadOnlyList<RetrievedChunk> chunks, CancellationToken cancellationToken = default);
}
