namespace RagCaching;

/// <summary>A part of the valid entries of a journal.</summary>
/// <param name="Entries">The entries, the newest first.</param>
/// <param name="Next">Where the next part begins; <see langword="null"/> after the last one.</param>
/// <param name="Unreadable">How many entries were left out because they could not be read back as they were written.</param>
public sealed record JournalPage(IReadOnlyList<VectorEntry> Entries, string? Next, int Unreadable = 0);
