using RagCaching.VectorStores;

namespace RagCaching.Contract.Transfers;

/// <summary>One page of a list of stored answers.</summary>
/// <param name="Entries">The answers, the newest first.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> if there is none.</param>
internal sealed record EntryPage(IReadOnlyList<ListedEntry> Entries, ListedPlace? Next);

/// <summary>What came of making an answer a curated one.</summary>
/// <param name="Status">Whether it was there, is not known, or is another scope's.</param>
/// <param name="EntryId">Its id from now on; <see langword="null"/> if it is not stored.</param>
/// <param name="Fault">Why it cannot be stored, as a sentence; <see langword="null"/> where nothing is wrong with it.</param>
internal readonly record struct Curation(EntryStatus Status, string? EntryId = null, string? Fault = null);
