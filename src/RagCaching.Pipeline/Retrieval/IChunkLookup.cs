namespace RagCaching;

/// <summary>A retriever that can also get chunks by their ids, so that a cache of retrieved chunks need not keep their texts.</summary>
/// <remarks>Implemented beside <see cref="IRetriever"/>, by the same object. Thread-safe.</remarks>
public interface IChunkLookup
{
    /// <summary>Gets chunks as they are now.</summary>
    /// <param name="ids">Ids of chunks that this retriever has returned; at least one.</param>
    /// <param name="scope">Who asks, if that is known: nothing may be returned that this scope may not see.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the chunks any more.</param>
    /// <returns>
    /// For each id its chunk, in the order of the ids; <see langword="null"/> for one that is gone. A chunk that is gone, or that has another <see cref="RetrievedChunk.SourceId"/> or
    /// <see cref="RetrievedChunk.SourceVersion"/> than it had when it was retrieved, makes the pipeline retrieve anew. <see cref="RetrievedChunk.Score"/> is not looked at.
    /// </returns>
    ValueTask<IReadOnlyList<RetrievedChunk?>> GetChunksAsync(IReadOnlyList<string> ids, CacheScope? scope = null, CancellationToken cancellationToken = default);
}
