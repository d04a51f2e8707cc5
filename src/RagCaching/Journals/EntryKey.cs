namespace RagCaching.Journals;

/// <summary>Names an entry.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Id">The id within the partition.</param>
internal readonly record struct EntryKey(string Partition, string Id);
