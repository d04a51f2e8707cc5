namespace RagCaching;

/// <summary>A retriever made of a delegate.</summary>
/// <remarks>Thread-safe if the delegate is.</remarks>
public sealed class DelegateRetriever : IRetriever
{
    private readonly Func<RetrievalRequest, CancellationToken, ValueTask<IReadOnlyList<RetrievedChunk>>> _retrieve;

    /// <summary>Creates a retriever.</summary>
    /// <param name="name">The name under which it is reported; not empty.</param>
    /// <param name="retrieve">Finds chunks, best first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retrieve"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    public DelegateRetriever(string name, Func<RetrievalRequest, CancellationToken, ValueTask<IReadOnlyList<RetrievedChunk>>> retrieve)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(retrieve);

        Name = name;
        _retrieve = retrieve;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default) => _retrieve(request, cancellationToken);
}
