namespace RagCaching.VectorStores;

/// <summary>Copies of entries that differ in what they carry.</summary>
internal static class VectorEntryExtensions
{
    /// <summary>Makes an entry with the identity, labels and times of this one, and the given content.</summary>
    public static VectorEntry With(this VectorEntry entry, ReadOnlyMemory<float> vector, ReadOnlyMemory<byte> metadata, ReadOnlyMemory<byte> payload) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = vector,
        Metadata = metadata,
        Payload = payload,
        Labels = entry.Labels,
        Owner = entry.Owner,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };

    /// <summary>Tells whether a filter selects the entry.</summary>
    public static bool Matches(this VectorEntry entry, VectorFilter filter)
    {
        if (filter.Partition is { } partition && partition != entry.Partition)
        {
            return false;
        }

        if (filter.CreatedBefore is { } limit && entry.CreatedAt >= limit)
        {
            return false;
        }

        foreach (var label in filter.Labels)
        {
            if (!entry.Labels.Contains(label))
            {
                return false;
            }
        }

        return true;
    }
}
