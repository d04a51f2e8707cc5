namespace RagCaching;

/// <summary>Changes that a journal has read, in their order.</summary>
/// <param name="Records">The changes.</param>
/// <param name="Position">The position after them.</param>
/// <param name="IsGap">Whether changes between the reader's position and these are lost: the reader has to read the snapshot again, and continues after <paramref name="Position"/>.</param>
/// <param name="HasMore">Whether there are more changes already.</param>
/// <param name="Unreadable">How many entries could not be read back as they were written; each is a removal among <paramref name="Records"/>.</param>
public sealed record JournalChanges(IReadOnlyList<JournalRecord> Records, JournalPosition Position, bool IsGap = false, bool HasMore = false, int Unreadable = 0);
