using Microsoft.Extensions.VectorData;

namespace RagCaching;

/// <summary>A retriever over any vector database: whatever implements <see cref="IVectorSearchable{TRecord}"/>, such as a <c>VectorStoreCollection</c>.</summary>
/// <typeparam name="TRecord">The type of the collection's records.</typeparam>
/// <remarks>
/// Searches with the vector of the question, which the pipeline embeds once for all retrievers, through the embedding cache: documents must have been embedded with
/// the same model. Thread-safe if the collection is.
/// </remarks>
public sealed class VectorSearchRetriever<TRecord> : IRetriever
    where TRecord : class
{
    private readonly IVectorSearchable<TRecord> _collection;
    private readonly Func<VectorSearchResult<TRecord>, RetrievedChunk> _toChunk;
    private readonly Func<RetrievalRequest, VectorSearchOptions<TRecord>?>? _options;

    /// <summary>Creates a retriever.</summary>
    /// <param name="name">The name under which it is reported; not empty.</param>
    /// <param name="collection">The collection. Not disposed.</param>
    /// <param name="toChunk">
    /// Makes a chunk of a record. Set <see cref="RetrievedChunk.Score"/> only where the collection's score is higher for better matches, which depends on its distance function.
    /// </param>
    /// <param name="options">Makes the options of a search, for example a filter for the request's scope; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/> or <paramref name="toChunk"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    public VectorSearchRetriever(
        string name,
        IVectorSearchable<TRecord> collection,
        Func<VectorSearchResult<TRecord>, RetrievedChunk> toChunk,
        Func<RetrievalRequest, VectorSearchOptions<TRecord>?>? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(toChunk);

        Name = name;
        _collection = collection;
        _toChunk = toChunk;
        _options = options;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    public async ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        var vector = await request.GetVectorAsync(cancellationToken).ConfigureAwait(false);
        var chunks = new List<RetrievedChunk>(request.Limit);
        await foreach (var match in _collection.SearchAsync(vector, request.Limit, _options?.Invoke(request), cancellationToken).ConfigureAwait(false))
        {
            chunks.Add(_toChunk(match));
        }

        return chunks;
    }
}
