namespace RagCaching.VectorStores;

/// <summary>What an entry holds besides its vector, as small as it can be kept; immutable.</summary>
internal sealed class EntryContent
{
    private readonly long _createdAt;
    private readonly long _expiresAt;

    /// <summary>Takes over an entry's content; its vector stays behind.</summary>
    public EntryContent(VectorEntry entry)
    {
        Id = entry.Id;
        Labels = entry.Labels;
        Metadata = entry.Metadata;
        Payload = entry.Payload;
        _createdAt = entry.CreatedAt.UtcTicks;
        _expiresAt = entry.ExpiresAt.UtcTicks;
    }

    private EntryContent(EntryContent content, ReadOnlyMemory<byte> metadata)
    {
        Id = content.Id;
        Labels = content.Labels;
        Metadata = metadata;
        Payload = content.Payload;
        _createdAt = content._createdAt;
        _expiresAt = content._expiresAt;
    }

    public string Id { get; }

    public IReadOnlyList<string> Labels { get; }

    public ReadOnlyMemory<byte> Metadata { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Makes the same content with other metadata.</summary>
    public EntryContent WithMetadata(ReadOnlyMemory<byte> metadata) => new(this, metadata);

    /// <summary>Tells whether a filter selects the entry.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="partition">The entry's partition.</param>
    public bool Matches(VectorFilter filter, string partition)
    {
        if (filter.Partition is { } wanted && wanted != partition)
        {
            return false;
        }

        if (filter.CreatedBefore is { } limit && _createdAt >= limit.UtcTicks)
        {
            return false;
        }

        foreach (var label in filter.Labels)
        {
            if (!Labels.Contains(label))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes the entry that a caller gets.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="owner">Its owner.</param>
    /// <param name="vector">Its vector, or nothing.</param>
    /// <param name="withPayload">Whether it has its payload.</param>
    public VectorEntry ToEntry(string partition, string? owner, ReadOnlyMemory<float> vector, bool withPayload) => new()
    {
        Partition = partition,
        Id = Id,
        Vector = vector,
        Metadata = Metadata,
        Payload = withPayload ? Payload : default,
        Labels = Labels,
        Owner = owner,
        CreatedAt = new DateTimeOffset(_createdAt, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(_expiresAt, TimeSpan.Zero),
    };
}
