namespace RagCaching;

/// <summary>A reranker made of a delegate.</summary>
/// <remarks>Thread-safe if the delegate is.</remarks>
public sealed class DelegateReranker : IReranker
{
    private readonly Func<string, IReadOnlyList<RetrievedChunk>, CancellationToken, ValueTask<IReadOnlyList<RerankedChunk>>> _rerank;

    /// <summary>Creates a reranker.</summary>
    /// <param name="name">The name of the reranker and its model; not empty.</param>
    /// <param name="rerank">Scores chunks; see <see cref="IReranker.RerankAsync"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="rerank"/> is <see langword="null"/>.</exception>
    public DelegateReranker(string name, Func<string, IReadOnlyList<RetrievedChunk>, CancellationToken, ValueTask<IReadOnlyList<RerankedChunk>>> rerank)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rerank);

        Name = name;
        _rerank = rerank;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RerankedChunk>> RerankAsync(string question, IReadOnlyList<RetrievedChunk> chunks, CancellationToken cancellationToken = default) =>
        _rerank(question, chunks, cancellationToken);
}
