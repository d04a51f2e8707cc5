namespace RagCaching.Semantic.Entries;

/// <summary>What an entry is read for, which says how old it may be.</summary>
internal enum EntryUse
{
    /// <summary>To serve it, or to learn from it: its answer is fresh.</summary>
    Fresh,

    /// <summary>To serve it when there is no fresh one: its answer may be stale, by no more than this cache allows.</summary>
    Fallback,

    /// <summary>To remove it or to report about it: whatever is there.</summary>
    Manage,
}
