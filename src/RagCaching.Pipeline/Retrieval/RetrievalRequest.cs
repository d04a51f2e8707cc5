namespace RagCaching;

/// <summary>What a retriever is asked for.</summary>
/// <remarks>One request goes to all retrievers at once. Thread-safe.</remarks>
public sealed class RetrievalRequest
{
    private readonly Func<ValueTask<ReadOnlyMemory<float>>>? _vector;

    /// <summary>Creates a request.</summary>
    /// <param name="question">The question; not blank.</param>
    /// <param name="limit">How many chunks are wanted at most; positive.</param>
    /// <param name="scope">Who asks, if that is known.</param>
    /// <param name="vector">Gets the vector of the question; may be called more than once.</param>
    /// <exception cref="ArgumentException"><paramref name="question"/> is <see langword="null"/> or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not positive.</exception>
    public RetrievalRequest(string question, int limit, CacheScope? scope = null, Func<ValueTask<ReadOnlyMemory<float>>>? vector = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);

        Question = question;
        Limit = limit;
        Scope = scope;
        _vector = vector;
    }

    /// <summary>Gets the question.</summary>
    public string Question { get; }

    /// <summary>Gets how many chunks are wanted at most.</summary>
    public int Limit { get; }

    /// <summary>Gets who asks: a retriever must return nothing that this scope may not see.</summary>
    /// <value><see langword="null"/> where the request names no scope and there is no <see cref="ICacheScopeProvider"/>.</value>
    public CacheScope? Scope { get; }

    /// <summary>Gets a value indicating whether the vector of the question can be had.</summary>
    public bool HasVector => _vector is not null;

    /// <summary>Gets the vector of the question, which is embedded once for all retrievers, through the embedding cache.</summary>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
    /// <returns>The vector; it may be shared and must not be written to.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no embedder: <see cref="HasVector"/> is <see langword="false"/>.</exception>
    public async ValueTask<ReadOnlyMemory<float>> GetVectorAsync(CancellationToken cancellationToken = default)
    {
        var vector = _vector?.Invoke() ?? throw new InvalidOperationException(
            "A retriever asked for the vector of the question, and the pipeline has no ICachedEmbedder. Use AddRagCaching, or give the pipeline services that contain one.");
        return await vector.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
