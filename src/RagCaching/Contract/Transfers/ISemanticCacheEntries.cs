using RagCaching.VectorStores;

namespace RagCaching.Contract.Transfers;

/// <summary>A cache whose owner can look at its answers one by one, and approve or edit them where they are.</summary>
internal interface ISemanticCacheEntries
{
    /// <summary>Reads one page of the stored answers, the newest first.</summary>
    /// <param name="filter">Selects the answers.</param>
    /// <param name="isCurated">Whether only curated ones are wanted, or only others; <see langword="null"/> for both.</param>
    /// <param name="after">The <see cref="EntryPage.Next"/> of the page before; <see langword="null"/> for the first one.</param>
    /// <param name="limit">The largest number of answers; at least 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotSupportedException">The store cannot list its entries.</exception>
    ValueTask<EntryPage> ListAsync(EntryFilter filter, bool? isCurated, ListedPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>Makes a stored answer a curated one, under the same question, with the same labels.</summary>
    /// <param name="entryId">The id of the answer.</param>
    /// <param name="text">The text that takes its place; <see langword="null"/> to approve it as it is.</param>
    /// <param name="scope">The scope it belongs to; <see langword="null"/> for the ambient one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<Curation> CurateAsync(string entryId, string? text, CacheScope? scope, CancellationToken cancellationToken);
}
