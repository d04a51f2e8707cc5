namespace RagCaching;

/// <summary>One place where documents are searched.</summary>
/// <remarks>
/// Implementations are thread-safe. All retrievers of a pipeline are asked at once; one that throws, returns <see langword="null"/> or is late is left out and
/// reported, and the answer is built without it. A call that blocks its thread before it returns a task delays the others and cannot be limited.
/// </remarks>
public interface IRetriever
{
    /// <summary>Gets the name under which the retriever is reported.</summary>
    /// <value>Constant, and of its own within a pipeline.</value>
    string Name { get; }

    /// <summary>Finds the chunks that fit a question best.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the chunks any more.</param>
    /// <returns>Chunks, best first; empty where nothing fits.</returns>
    ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default);
}
