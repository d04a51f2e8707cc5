namespace RagCaching.VectorStores;

/// <summary>A store that finds the newest entries without handing out all of them.</summary>
internal interface IEntryListing
{
    /// <summary>Reads one page.</summary>
    /// <param name="query">Which one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The entries, the newest first, without vectors. The payload may be missing too, and is then read with <see cref="IVectorStore.GetContentAsync"/>.</returns>
    IReadOnlyList<VectorEntry> ReadNewest(ListingQuery query, CancellationToken cancellationToken);
}
