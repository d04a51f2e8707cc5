namespace RagCaching;

/// <summary>A change as it stands in a journal.</summary>
/// <param name="Version">Its place in the order of all changes.</param>
/// <param name="IsOwn">Whether this instance appended it.</param>
/// <param name="Change">The change.</param>
public readonly record struct JournalRecord(long Version, bool IsOwn, JournalChange Change);
