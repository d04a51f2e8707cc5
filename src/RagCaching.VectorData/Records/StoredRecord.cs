namespace RagCaching.VectorData.Records;

/// <summary>A record as it was read and checked.</summary>
/// <param name="Entry">The entry, with its payload, and with its vector where that was asked for and is there.</param>
/// <param name="Added">When the entry was first added: later ones have larger numbers.</param>
/// <param name="HasVector">Whether the entry has a vector, read or not.</param>
internal sealed record StoredRecord(VectorEntry Entry, long Added, bool HasVector)
{
    /// <summary>Tells whether the entry is valid at a time.</summary>
    public bool IsLive(DateTimeOffset now) => Entry.ExpiresAt > now;

    /// <summary>Tells whether a filter selects the entry.</summary>
    public bool Matches(VectorFilter filter) =>
        (filter.Partition is null || filter.Partition == Entry.Partition)
        && (filter.CreatedBefore is not { } before || Entry.CreatedAt < before)
        && filter.Labels.All(Entry.Labels.Contains);

    /// <summary>Makes what a caller gets. Without its payload it does not keep the record alive that it was a part of.</summary>
    public VectorEntry ToEntry(bool withVector, bool withPayload) => withVector && withPayload ? Entry : new VectorEntry
    {
        Partition = Entry.Partition,
        Id = Entry.Id,
        Vector = withVector ? Entry.Vector : default,
        Metadata = withPayload ? Entry.Metadata : Entry.Metadata.ToArray(),
        Payload = withPayload ? Entry.Payload : default,
        Labels = Entry.Labels,
        CreatedAt = Entry.CreatedAt,
        ExpiresAt = Entry.ExpiresAt,
    };
}
