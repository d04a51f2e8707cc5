namespace RagCaching;

/// <summary>Specifies what a <see cref="JournalChange"/> does. The numbers are stored.</summary>
public enum JournalChangeKind
{
    /// <summary>Adds an entry, or replaces the one with the same partition and id.</summary>
    Upsert = 1,

    /// <summary>Replaces the metadata of an entry, if it still is the entry that was created at <see cref="JournalChange.CreatedAt"/>.</summary>
    SetMetadata = 2,

    /// <summary>Removes one entry.</summary>
    Remove = 3,

    /// <summary>Removes all entries that a filter selects.</summary>
    RemoveWhere = 4,

    /// <summary>Tells other instances what was learnt; touches no entry.</summary>
    Learn = 5,
}
