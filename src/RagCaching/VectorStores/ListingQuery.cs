namespace RagCaching.VectorStores;

/// <summary>Asks for one page of a list of entries, the newest first.</summary>
/// <param name="Filter">Selects the entries.</param>
/// <param name="IsPermanent">Whether only those are wanted that never expire, or only the others; <see langword="null"/> for both.</param>
/// <param name="HiddenPartition">A partition whose entries are not listed.</param>
/// <param name="After">The place after which the page begins; <see langword="null"/> for the first page.</param>
/// <param name="Limit">The largest number of entries; at least 1.</param>
internal sealed record ListingQuery(VectorFilter Filter, bool? IsPermanent, string HiddenPartition, ListedPlace? After, int Limit)
{
    /// <summary>Tells whether an entry that the filter selects belongs on this page or on one after it.</summary>
    public bool Reaches(in ListedPlace place, bool isPermanent) =>
        (IsPermanent is not { } wanted || wanted == isPermanent) && place.Partition != HiddenPartition && (After is not { } after || place.CompareTo(after) > 0);
}
